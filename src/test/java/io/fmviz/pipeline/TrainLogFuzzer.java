package io.fmviz.pipeline;

import io.fmviz.fuzz.FuzzedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Cuts any text as a training log: what stays is its beginning, and a second cut takes nothing. */
public final class TrainLogFuzzer {
  private static final FuzzedFile FILE = new FuzzedFile("train_log.jsonl");

  private TrainLogFuzzer() {}

  public static void run(byte[] data) throws IOException {
    Path folder = FILE.path().getParent();
    FILE.write(data);
    TrainLog.truncate(folder, 1);
    byte[] once = Files.readAllBytes(FILE.path());
    TrainLog.truncate(folder, 1);
    byte[] twice = Files.readAllBytes(FILE.path());
    if (!lines(data).subList(0, lines(once).size()).equals(lines(once))
        || !lines(once).equals(lines(twice))) {
      throw new AssertionError("not the beginning of the log");
    }
  }

  private static List<String> lines(byte[] text) {
    return new String(text, StandardCharsets.UTF_8).lines().toList();
  }
}
