package io.fmviz.pipeline.train;

import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.checkpoint.ModelFolder;
import io.fmviz.dataset.mnist.DatasetChoice;
import io.fmviz.fuzz.FuzzedFile;
import io.fmviz.fuzz.Samples;
import io.fmviz.network.Compute;
import io.fmviz.network.torch.SavedClassifier;
import io.fmviz.pipeline.DataRequest;
import io.fmviz.training.TrainingConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Goes on from a checkpoint whose metadata says anything: lines of {@code key=value} that replace
 * what the checkpoint records. What is wrong must be said before the training begins.
 */
public final class ResumeFuzzer {
  private static final FuzzedFile FILE = new FuzzedFile("epoch_0.safetensors");
  private static final Path FOLDER = FILE.path().getParent();
  private static final SavedClassifier SAMPLE = Samples.checkpoint();
  private static final TrainRequest REQUEST =
      new TrainRequest(
          new TrainingConfig(1, 0.001f, 64, 64, 0),
          new TrainRequest.Learning(new DataRequest(DatasetChoice.AUTO, FOLDER, null), null, null),
          SAMPLE.widths(),
          Compute.onCpu(1),
          FOLDER,
          new TrainRequest.Keeping(true, false, Set.of()));

  private ResumeFuzzer() {}

  public static void run(byte[] data) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>(SAMPLE.metadata());
    new String(data, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> metadata.put(pair[0], pair[1]));
    Checkpoint checkpoint = new Checkpoint(FILE.path(), metadata, SAMPLE.tensors());
    FILE.write(Samples.bytes(checkpoint));
    Path optimizer = new ModelFolder(FOLDER).optimizerFile(0);
    if (!Files.exists(optimizer)) {
      Files.write(optimizer, Samples.optimizerFile());
      optimizer.toFile().deleteOnExit();
      FOLDER.resolve(".fmviz.lock").toFile().deleteOnExit();
    }
    FILE.parse(file -> resume());
  }

  private static int resume() {
    try (TrainPlan plan = TrainPlan.of(REQUEST)) {
      if (plan.epochsDone() < 1 || plan.adam().step() < 1) {
        throw new AssertionError("goes on from nowhere: " + plan.epochsDone());
      }
      return plan.epochsDone();
    }
  }
}
