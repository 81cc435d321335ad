package io.fmviz.analysis;

import io.fmviz.network.Batch;
import io.fmviz.probe.Statistic;
import java.nio.FloatBuffer;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The logits of images, in the images' order: no small statistic, and only for who asks for all of
 * them.
 */
public final class LogitRows implements Statistic<LogitRows> {
  /** Of each batch, by the index of its first image. */
  private final SortedMap<Integer, float[]> batches = new TreeMap<>();

  /** Takes a batch's. */
  void add(Batch batch, float[] logits) {
    batches.put(batch.indices()[0], logits);
  }

  @Override
  public void merge(LogitRows other) {
    batches.putAll(other.batches);
  }

  /** {@code (images, classes)}, row by row. */
  public float[] values() {
    int size = batches.values().stream().mapToInt(rows -> rows.length).reduce(0, Math::addExact);
    FloatBuffer all = FloatBuffer.allocate(size);
    batches.values().forEach(all::put);
    return all.array();
  }
}
