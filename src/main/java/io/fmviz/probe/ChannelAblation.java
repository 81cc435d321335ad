package io.fmviz.probe;

import io.fmviz.network.Batch;
import io.fmviz.network.Node;
import io.fmviz.network.ResumableBatch;
import io.fmviz.network.Session;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * What a network answers for a batch without one channel of a node, for one channel after the
 * other. The batch goes through the network once; what comes behind the node runs again, for as
 * many channels at once as memory allows. How many that are follows from the network and the size
 * of the batch, never from the machine.
 */
public final class ChannelAblation implements AutoCloseable {
  /**
   * How many images go through the rest of the network at once, if the batch hasn't more: with
   * more, an engine is hardly quicker, and it takes longer until it can be stopped.
   */
  private static final int MOST = 32;

  /** The values of the largest layer behind the node for all of them: 16 MB of float32. */
  private static final long BOUND = 1 << 22;

  private final List<Node> order;
  private final int batch;
  private final boolean mayRound;
  private final ResumableBatch resumable;

  /** Is told of each channel in turn. */
  @FunctionalInterface
  public interface Listener {
    /**
     * What is left without a channel.
     *
     * @param logits {@code (batch, classes)}, row by row
     */
    void without(int channel, float[] logits);
  }

  private ChannelAblation(Session session, Batch batch, Collection<Node> nodes, boolean mayRound) {
    this.order = session.network().nodes();
    this.batch = batch.size();
    this.mayRound = mayRound;
    this.resumable = session.resumable(batch, Set.copyOf(nodes));
  }

  /**
   * Sends a batch through a network. Closed before the session is.
   *
   * @param nodes whose channels it is about
   */
  public static ChannelAblation of(Session session, Batch batch, Collection<Node> nodes) {
    return new ChannelAblation(session, batch, nodes, false);
  }

  /**
   * The same for who counts tiny differences as none: the last bits of the logits may depend on how
   * many channels go at once, so that those without a dead channel aren't quite those with it.
   */
  public static ChannelAblation rounding(Session session, Batch batch, Collection<Node> nodes) {
    return new ChannelAblation(session, batch, nodes, true);
  }

  /**
   * The logits of a batch without one channel where others are off too, which may be of nodes
   * before and behind it.
   */
  public static float[] without(
      Session session, Batch batch, Map<Node, Set<Integer>> off, Node node, int channel) {
    if (off.isEmpty()) {
      try (ChannelAblation ablation = of(session, batch, Set.of(node))) {
        return ablation.resumable.withoutEach(node, channel, 1);
      }
    }
    Map<Node, Set<Integer>> all = new HashMap<>(off);
    Set<Integer> channels = new TreeSet<>(off.getOrDefault(node, Set.of()));
    channels.add(channel);
    all.put(node, channels);
    return session.run(batch, all, Set.of(), (n, values) -> {});
  }

  /** The logits with all channels, {@code (batch, classes)}, row by row. */
  public float[] logits() {
    return resumable.logits();
  }

  /**
   * The same, from what a node returned on, as those without a channel are: the engine may add up
   * in another order there, and a channel that changes nothing is to change no bit.
   */
  public float[] logits(Node node) {
    return resumable.after(node, resumable.output(node));
  }

  /** What a node returned, with all channels, {@code (batch, ...)}, row by row. */
  public float[] output(Node node) {
    return resumable.output(node);
  }

  /**
   * Sets each channel of a node to zero.
   *
   * @param done is told after each run how many channels are done
   */
  public void each(Node node, Listener listener, LongConsumer done) {
    int step = mayRound || resumable.isSameAlone() ? step(largest(node), batch) : 1;
    for (int first = 0; first < node.channels(); first += step) {
      int count = Math.min(step, node.channels() - first);
      float[] logits = resumable.withoutEach(node, first, count);
      int size = logits.length / count;
      for (int i = 0; i < count; i++) {
        listener.without(first + i, Arrays.copyOfRange(logits, i * size, (i + 1) * size));
      }
      done.accept(first + count);
    }
  }

  /**
   * How many channels go at once.
   *
   * @param largest the values of the largest layer behind, for one image
   */
  static int step(long largest, int batch) {
    return (int) Math.max(1, Math.min(MOST, BOUND / largest) / batch);
  }

  /** At a node or behind it. */
  private long largest(Node node) {
    return order.stream().skip(order.indexOf(node)).mapToLong(Node::size).max().orElse(1);
  }

  @Override
  public void close() {
    resumable.close();
  }
}
