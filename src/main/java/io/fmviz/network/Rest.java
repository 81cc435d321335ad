package io.fmviz.network;

/**
 * A batch on its way through a network, held so that the rest of the way can be run again on
 * another output of a node. Closed before the session is.
 */
public interface Rest extends AutoCloseable {
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

  /** The logits with one channel of a held node's output set to zero. */
  float[] without(Node node, int channel);

  @Override
  void close();
}
