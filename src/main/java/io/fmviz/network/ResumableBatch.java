package io.fmviz.network;

/**
 * A batch on its way through a network, held so that the rest of the way can be run again on
 * another output of a node. Closed before the session is.
 */
public interface ResumableBatch extends AutoCloseable {
  /** The logits as they are, {@code (batch, classes)}, row by row. */
  float[] logits();

  /** What a held node returned, {@code (batch, ...)}, row by row. */
  float[] output(Node node);

  /**
   * The logits with another output of a held node.
   *
   * @param output {@code (batch, ...)}, row by row
   */
  float[] after(Node node, float[] output);

  /**
   * The logits with each of some channels of a held node's output in turn set to zero. All of them
   * may go through the rest of the network at once, as so many batches: who asks bounds their
   * number.
   *
   * @param first the first of these channels
   * @param count how many follow each other
   * @return {@code (count, batch, classes)}, row by row
   */
  float[] withoutEach(Node node, int first, int count);

  /**
   * Whether a channel's logits are the same, to the last bit, however many others are asked for.
   */
  boolean isSameAlone();

  @Override
  void close();
}
