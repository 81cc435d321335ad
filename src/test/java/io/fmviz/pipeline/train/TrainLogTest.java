package io.fmviz.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainLogTest {
  private static final String LINE =
      "{\"time\":\"2026-01-01T00:00:00Z\",\"seed\":%d,\"dataset\":\"mnist\",\"result\":{\"epoch\":%d,\"meanLoss\":2}}\n";

  @TempDir private Path folder;

  private String removeUnfinished(String log, int epoch, long seed) throws IOException {
    Path file = Files.writeString(folder.resolve("train_log.jsonl"), log);
    TrainLog.removeUnfinished(folder, epoch, seed);
    return Files.readString(file);
  }

  @Test
  void removesTheLastLineOfTheSameEpochAndSeedOnly() throws IOException {
    String before = LINE.formatted(-7, 2);
    String last = LINE.formatted(-7, 3);
    assertThat(removeUnfinished(before + last, 3, -7)).isEqualTo(before);
    assertThat(removeUnfinished(last, 3, -7)).isEmpty();
    assertThat(removeUnfinished(before + last, 2, -7)).isEqualTo(before + last);
    assertThat(removeUnfinished(before + last, 3, 7)).isEqualTo(before + last);
  }

  /**
   * Nearly two megabytes in which each seed might begin a line: to look behind each takes minutes.
   */
  @Test
  void leavesALongLineThatIsNotOurs() throws IOException {
    String line = "\"seed\":1,".repeat(200_000);
    assertThat(removeUnfinished(line, 1, 1)).isEqualTo(line);
  }
}
