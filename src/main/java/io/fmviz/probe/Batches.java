package io.fmviz.probe;

import io.fmviz.dataset.Images;
import io.fmviz.network.Batch;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Images on their way to a network, batch by batch. How many go at once follows from the sizes of
 * the nodes' outputs and a constant, never from the machine or from how many images there are.
 */
public final class Batches implements Iterator<Batch> {
  /** How many go at once where nothing else bounds them: enough to keep the threads busy. */
  public static final int MOST = 128;

  /** The values that a batch may take: 64 MB of float32. */
  private static final long BOUND = 1 << 24;

  private final Images images;
  private final int[] order;
  private final int size;
  private int next;

  private Batches(Images images, int[] order, int size) {
    this.images = images;
    this.order = order;
    this.size = size;
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
    long fitting = Math.max(1, BOUND / (kept + Math.max(largest, network.input().size())));
    return new Batches(images, order, (int) Math.min(most, fitting));
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

  @Override
  public boolean hasNext() {
    return next < order.length;
  }

  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Batch batch = Batch.of(images, order, next, size);
    next += batch.count();
    return batch;
  }
}
