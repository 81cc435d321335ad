package io.fmviz.checkpoint;

import io.fmviz.fuzz.FuzzedFile;
import io.fmviz.fuzz.Samples;

/** Reads any bytes as the optimizer's file beside a checkpoint. */
public final class OptimizerFileFuzzer {
  private static final FuzzedFile FILE = new FuzzedFile("epoch_0.optimizer.safetensors");
  private static final Checkpoint CHECKPOINT = Samples.checkpoint().checkpoint();

  private OptimizerFileFuzzer() {}

  public static void run(byte[] data) {
    FILE.parse(data, file -> OptimizerFile.read(file, CHECKPOINT))
        .ifPresent(OptimizerFileFuzzer::check);
  }

  private static void check(OptimizerFile optimizer) {
    if (optimizer.step() < 1 || !optimizer.mean().keySet().equals(CHECKPOINT.tensors().keySet())) {
      throw new AssertionError("no state of an optimizer: " + optimizer);
    }
  }
}
