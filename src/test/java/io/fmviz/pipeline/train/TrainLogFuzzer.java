package io.fmviz.pipeline.train;

import io.fmviz.fuzz.FuzzedFile;
import java.util.Arrays;

/** Takes the last line off any training log: what stays is whole lines of its beginning. */
public final class TrainLogFuzzer {
  private static final FuzzedFile FILE = new FuzzedFile("train_log.jsonl");

  private TrainLogFuzzer() {}

  public static void run(byte[] data) {
    FILE.write(data);
    TrainLog.removeUnfinished(FILE.path().getParent(), 1, 1);
    byte[] kept = FILE.read();
    boolean same = Arrays.equals(kept, data);
    boolean beginning = Arrays.mismatch(kept, data) == kept.length;
    if (!same && !(beginning && (kept.length == 0 || kept[kept.length - 1] == '\n'))) {
      throw new AssertionError("not the beginning of the log");
    }
  }
}
