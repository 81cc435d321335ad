package io.fmviz.checkpoint;

import io.fmviz.fuzz.FuzzedFile;
import io.fmviz.model.LayerTable;

/**
 * Reads any bytes as a checkpoint; its network must then be one that can be built and described.
 */
public final class CheckpointFuzzer {
  private static final FuzzedFile FILE = new FuzzedFile("epoch_0.safetensors");

  private CheckpointFuzzer() {}

  public static void run(byte[] data) {
    FILE.parse(data, Checkpoint::read).ifPresent(CheckpointFuzzer::check);
  }

  private static void check(Checkpoint checkpoint) {
    long values = 0;
    for (var entry : checkpoint.widths().parameterShapes().entrySet()) {
      values += checkpoint.values(entry.getKey(), entry.getValue()).length;
    }
    if (values != LayerTable.of(checkpoint.widths(), 28, 28).parameters()) {
      throw new AssertionError(values + " values do not fit " + checkpoint.widths());
    }
  }
}
