package io.fmviz.pipeline.train;

import io.fmviz.base.AtomicFile;
import io.fmviz.base.FileSize;
import io.fmviz.base.UserException;
import io.fmviz.checkpoint.ModelFolder;
import io.fmviz.report.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code train_log.jsonl} in the model folder: one object per epoch. */
final class TrainLog {
  private static final Pattern LINE =
      Pattern.compile(
          "\\{\"time\":\"[^\"]*\",\"seed\":(?<seed>-?\\d+),.*\"result\":\\{\"epoch\":(?<epoch>\\d+),");

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
    Path file = new ModelFolder(request.modelFolder()).log();
    String line =
        Json.line(
            new Line(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                request.training().seed(),
                dataset,
                request.widths().base(),
                request.training().learningRate(),
                request.training().batchSize(),
                epoch));
    byte[] before = read(file);
    AtomicFile.writeDurably(
        file,
        out -> {
          out.write(before);
          if (before.length > 0 && before[before.length - 1] != '\n') {
            out.write('\n');
          }
          out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        });
  }

  /**
   * Removes the last line if it tells of the epoch that a resumed training makes next: a process
   * that was killed may have told of an epoch whose checkpoint did not come to be.
   */
  static void removeUnfinished(Path modelFolder, int epoch, long seed) {
    Path file = new ModelFolder(modelFolder).log();
    // One character a byte: what is kept is kept as it is, UTF-8 or not.
    String text = new String(read(file), StandardCharsets.ISO_8859_1);
    int start = text.lastIndexOf('\n', text.length() - 2) + 1;
    Matcher last = LINE.matcher(text.substring(start));
    // At its beginning only: to look for one everywhere takes the square of a long line's length.
    if (last.lookingAt()
        && last.group("seed").equals(String.valueOf(seed))
        && last.group("epoch").equals(String.valueOf(epoch))) {
      byte[] kept = text.substring(0, start).getBytes(StandardCharsets.ISO_8859_1);
      AtomicFile.writeDurably(file, out -> out.write(kept));
    }
  }

  private static byte[] read(Path file) {
    if (!Files.exists(file)) {
      return new byte[0];
    }
    FileSize.of(file);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw UserException.cannotRead(file, e);
    }
  }
}
