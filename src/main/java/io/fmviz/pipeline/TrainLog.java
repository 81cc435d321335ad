package io.fmviz.pipeline;

import io.fmviz.base.AtomicFile;
import io.fmviz.base.UserException;
import io.fmviz.report.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** {@code train_log.jsonl} in the model folder: one object per epoch, run after run. */
final class TrainLog {
  private static final String FILE = "train_log.jsonl";

  private TrainLog() {}

  /** One line. */
  private record Line(
      String time,
      long seed,
      String dataset,
      int baseChannels,
      float learningRate,
      int batchSize,
      TrainResult.Epoch result) {}

  static void append(TrainRequest request, String dataset, TrainResult.Epoch epoch) {
    Path file = request.modelFolder().resolve(FILE);
    String line =
        Json.line(
            new Line(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                request.training().seed(),
                dataset,
                request.baseChannels(),
                request.training().learningRate(),
                request.training().batchSize(),
                epoch));
    byte[] before = read(file);
    AtomicFile.writeDurably(
        file,
        out -> {
          out.write(before);
          out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        });
  }

  private static byte[] read(Path file) {
    try {
      return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (IOException e) {
      throw UserException.cannotRead(file, e);
    }
  }
}
