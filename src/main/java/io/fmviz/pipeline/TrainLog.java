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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code train_log.jsonl} in the model folder: one object per epoch, run after run. */
final class TrainLog {
  private static final String FILE = "train_log.jsonl";

  private static final Pattern EPOCH = Pattern.compile("\"result\":\\{\"epoch\":(\\d{1,9})\\b");

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

  /**
   * Removes the last lines that tell of epochs a resumed training makes again: a process that was
   * killed may have told of an epoch whose checkpoint did not come to be.
   */
  static void truncate(Path modelFolder, int epochsDone) {
    Path file = modelFolder.resolve(FILE);
    byte[] before = read(file);
    List<String> lines =
        new ArrayList<>(new String(before, StandardCharsets.UTF_8).lines().toList());
    int kept = lines.size();
    while (kept > 0 && epoch(lines.get(kept - 1)) >= epochsDone) {
      kept--;
    }
    if (kept < lines.size()) {
      String text = String.join("", lines.subList(0, kept).stream().map(l -> l + "\n").toList());
      AtomicFile.writeDurably(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** The epoch that a line tells of; -1 if it is no line of ours. */
  private static int epoch(String line) {
    Matcher epoch = EPOCH.matcher(line);
    return epoch.find() ? Integer.parseInt(epoch.group(1)) : -1;
  }

  private static byte[] read(Path file) {
    try {
      return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (IOException e) {
      throw UserException.cannotRead(file, e);
    }
  }
}
