package io.fmviz.checkpoint;

import io.fmviz.analysis.LayerTable;
import io.fmviz.fuzz.FuzzedFile;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.network.torch.SavedClassifier;

/**
 * Reads any bytes as a checkpoint; its network must then be one that can be built and described.
 */
public final class CheckpointFuzzer {
  private static final FuzzedFile FILE = new FuzzedFile("epoch_0.safetensors");

  private CheckpointFuzzer() {}

  public static void run(byte[] data) {
    FILE.parse(data, SavedClassifier::read).ifPresent(CheckpointFuzzer::check);
  }

  private static void check(SavedClassifier saved) {
    long values = 0;
    for (var entry : saved.widths().parameterShapes().entrySet()) {
      values += saved.values(entry.getKey(), entry.getValue()).length;
    }
    if (values != LayerTable.of(new ClassifierNetwork(saved)).parameters()) {
      throw new AssertionError(values + " values do not fit " + saved.widths());
    }
  }
}
