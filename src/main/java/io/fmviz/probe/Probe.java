package io.fmviz.probe;

import io.fmviz.base.Threads;
import io.fmviz.dataset.Images;
import io.fmviz.network.Batch;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * The loop that sends images through a network, and hands what chosen nodes make of them to a
 * consumer. Memory depends on the size of a batch, not on the number of images.
 *
 * @param most how many images may go through the network at once
 * @param bounded whether less go where nodes' outputs are large; else it is as many as a person
 *     says
 */
public record Probe(Session session, Images images, List<Node> nodes, int most, boolean bounded) {
  /** Batches under way where nobody listens: more than there are lanes, so that none is idle. */
  private static final int UNDER_WAY = 8;

  /**
   * Is told what becomes of each batch, on the calling thread: its nodes in forward order first.
   * What it doesn't override it isn't interested in.
   */
  public interface Consumer {
    /**
     * A node's output for a batch.
     *
     * @param shape {@code (count, channel, height, width)}, or as the node has it
     * @param values row by row, as many as the shape says and perhaps some more behind them; the
     *     array is used again for the next call
     */
    default void node(Node node, Batch batch, int[] shape, float[] values) {}

    /** The batch's logits, {@code (count, classes)}; none where the network has none. */
    default void logits(Batch batch, float[] logits) {}
  }

  /** Is told after each batch how many images are done, or how much of other work. */
  @FunctionalInterface
  public interface Ticker {
    void done(long done, long total);
  }

  public Probe {
    nodes = List.copyOf(nodes);
  }

  /** For some nodes, in batches as large as they may be. */
  public Probe(Session session, Images images, List<Node> nodes) {
    this(session, images, nodes, Batches.MOST, true);
  }

  /** For nobody but who wants the logits, in batches of a size. */
  public static Probe ofSize(Session session, Images images, int size) {
    return new Probe(session, images, List.of(), size, false);
  }

  /** 0, 1, 2, ... : all images, in their order. */
  public int[] all() {
    return IntStream.range(0, images.count()).toArray();
  }

  /**
   * The logits of all images, {@code (images, classes)}, row by row, in the images' order, without
   * those that are passed over.
   */
  public float[] logits(Ticker ticker) {
    int classes = session.network().classes();
    FloatBuffer all = FloatBuffer.allocate(Math.multiplyExact(images.count(), classes));
    run(
        all(),
        new Consumer() {
          @Override
          public void logits(Batch batch, float[] logits) {
            all.put(logits);
          }
        },
        ticker);
    return Arrays.copyOf(all.array(), all.position());
  }

  /** The batches of some images, for who runs them in a way of his own. */
  public Batches batches(int[] order) {
    return bounded
        ? Batches.of(images, order, session.network(), nodes, most)
        : Batches.ofSize(images, order, most);
  }

  /**
   * Runs images.
   *
   * @param order their indices, from 0, as they are to be taken
   */
  public void run(int[] order, Consumer consumer, Ticker ticker) {
    if (nodes.isEmpty()) {
      answer(batches(order), consumer, ticker);
    } else {
      listen(batches(order), consumer, ticker);
    }
  }

  /** Is told of each batch, held on its way. */
  @FunctionalInterface
  public interface AblationConsumer {
    /** A batch; what is held of it is closed after the call. */
    void accept(Batch batch, ChannelAblation ablation);
  }

  /** Runs images, and holds each batch so that channels of the nodes can be set to zero. */
  public void ablate(int[] order, AblationConsumer consumer, Ticker ticker) {
    Batches batches = batches(order);
    while (batches.hasNext()) {
      Batch batch = batches.next();
      try (ChannelAblation ablation = ChannelAblation.of(session, batch, nodes)) {
        consumer.accept(batch, ablation);
      }
      ticker.done(batches.done(), batches.total());
    }
  }

  private void listen(Batches batches, Consumer consumer, Ticker ticker) {
    Set<Node> chosen = Set.copyOf(nodes);
    Buffer buffer = new Buffer();
    while (batches.hasNext()) {
      Batch batch = batches.next();
      float[] logits =
          session.run(
              batch,
              chosen,
              (node, values) ->
                  consumer.node(node, batch, shape(batch, node), buffer.take(values)));
      hand(batch, logits, consumer);
      ticker.done(batches.done(), batches.total());
    }
  }

  /** A batch, and its logits to come. */
  private record PendingLogits(Batch batch, int done, Future<float[]> logits) {}

  private void answer(Batches batches, Consumer consumer, Ticker ticker) {
    Deque<PendingLogits> underWay = new ArrayDeque<>();
    while (batches.hasNext() || !underWay.isEmpty()) {
      while (batches.hasNext() && underWay.size() < UNDER_WAY) {
        Batch batch = batches.next();
        underWay.add(new PendingLogits(batch, batches.done(), session.answer(batch)));
      }
      PendingLogits first = underWay.remove();
      hand(first.batch(), Threads.result(first.logits()), consumer);
      ticker.done(first.done(), batches.total());
    }
  }

  private static void hand(Batch batch, float[] logits, Consumer consumer) {
    int wanted = logits.length / batch.size() * batch.count();
    consumer.logits(batch, wanted == logits.length ? logits : Arrays.copyOf(logits, wanted));
  }

  private static int[] shape(Batch batch, Node node) {
    return IntStream.concat(
            IntStream.of(batch.count()), node.shape().stream().mapToInt(Integer::intValue))
        .toArray();
  }

  /** Memory for one node's output, used again for the next. */
  private static final class Buffer {
    private float[] floats = new float[0];

    float[] take(FloatBuffer values) {
      int size = values.remaining();
      if (floats.length < size) {
        floats = new float[size];
      }
      values.get(floats, 0, size);
      return floats;
    }
  }
}
