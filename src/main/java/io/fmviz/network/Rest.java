package io.fmviz.network;

import io.fmviz.base.Exact;

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

  /**
   * The logits of a batch of one image with each of some channels in turn set to zero.
   *
   * @param first the first of these channels
   * @param count how many follow each other
   * @return {@code (count, classes)}, row by row
   */
  default float[] withoutEach(Node node, int first, int count) {
    int classes = logits().length;
    float[] all = new float[Exact.product(count, classes)];
    for (int i = 0; i < count; i++) {
      System.arraycopy(without(node, first + i), 0, all, i * classes, classes);
    }
    return all;
  }

  @Override
  void close();
}
