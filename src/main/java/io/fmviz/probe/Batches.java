package io.fmviz.probe;

import io.fmviz.dataset.Images;
import io.fmviz.dataset.PassedOver;
import io.fmviz.network.Batch;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Images on their way to a network, batch by batch. How many go at once follows from the sizes of
 * the nodes' outputs and what its engine may take, never from the machine or from how many images
 * there are.
 */
public final class Batches implements Iterator<Batch> {
  /** How many go at once where nothing else bounds them: enough to keep the threads busy. */
  public static final int MOST = 128;

  private final Images images;
  private final int[] order;
  private final int size;
  private final ReadAhead ahead;
  private List<Batch.Read> read;
  private int next;

  private Batches(Images images, int[] order, int size) {
    this.images = images;
    this.order = order;
    this.size = size;
    this.ahead =
        images.isLazy() ? new ReadAhead(images, order, size, ReadAhead.PATIENCE_SECONDS) : null;
  }

  /**
   * Batches of images.
   *
   * @param order the images' indices, as they are to be taken
   * @param chosen nodes of the network's whose outputs are kept for the whole batch
   * @param most how many may go at once
   */
  public static Batches of(
      Images images, int[] order, Network network, Collection<Node> chosen, int most) {
    long kept = chosen.stream().mapToLong(Node::size).sum();
    long largest = network.nodes().stream().mapToLong(Node::size).max().orElse(0);
    long fitting =
        Math.max(1, network.costs().batch() / (kept + Math.max(largest, network.input().size())));
    return ofSize(images, order, (int) Math.min(most, fitting));
  }

  /** Batches of a size, whatever the network. */
  static Batches ofSize(Images images, int[] order, int size) {
    return new Batches(images, order, size);
  }

  /** How many go at once. */
  public int size() {
    return size;
  }

  /** How many images there are in all. */
  public int total() {
    return order.length;
  }

  /** How many images are in the batches so far, or were passed over. */
  public int done() {
    return ahead == null ? next : ahead.taken();
  }

  /**
   * Whether there are more images.
   *
   * @throws NoneReadException if there were some, and none could be read
   */
  @Override
  public boolean hasNext() {
    if (ahead == null) {
      return next < order.length;
    }
    if (read == null) {
      read = readBatch();
    }
    return !read.isEmpty();
  }

  private List<Batch.Read> readBatch() {
    List<Batch.Read> batch = new ArrayList<>();
    while (batch.size() < size) {
      Batch.Read one = ahead.next();
      if (one == null) {
        break;
      }
      batch.add(one);
    }
    if (batch.isEmpty() && next == 0 && order.length > 0) {
      PassedOver first = images.passedOver().get(0);
      throw new NoneReadException(order.length, first);
    }
    return batch;
  }

  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Batch batch =
        ahead == null
            ? Batch.of(images, order, next, size)
            : Batch.ofRead(images, read, next, size);
    read = null;
    next += batch.count();
    return batch;
  }
}
