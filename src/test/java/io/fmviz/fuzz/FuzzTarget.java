package io.fmviz.fuzz;

import io.fmviz.checkpoint.CheckpointFuzzer;
import io.fmviz.checkpoint.OptimizerFileFuzzer;
import io.fmviz.checkpoint.SafetensorsFuzzer;
import io.fmviz.dataset.IdxFuzzer;
import io.fmviz.pipeline.ResumeFuzzer;
import io.fmviz.pipeline.TrainLogFuzzer;
import io.fmviz.report.ManifestFuzzer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A parser of what others may have written.
 *
 * @param body runs it on some bytes; whatever it throws is a finding
 * @param seeds what fuzzing begins with
 */
record FuzzTarget(String name, Body body, List<byte[]> seeds) {
  /** Runs a parser. */
  interface Body {
    void run(byte[] data) throws Exception;
  }

  static List<FuzzTarget> all() {
    byte[] checkpoint = Samples.bytes(Samples.checkpoint());
    return List.of(
        new FuzzTarget(
            "idx",
            IdxFuzzer::run,
            List.of(Samples.idx(2, 3, 2), Samples.idx(5), Samples.gzip(Samples.idx(2, 3, 2)))),
        new FuzzTarget("safetensors", SafetensorsFuzzer::run, List.of(checkpoint)),
        new FuzzTarget("checkpoint", CheckpointFuzzer::run, List.of(checkpoint)),
        new FuzzTarget("optimizer", OptimizerFileFuzzer::run, List.of(Samples.optimizerFile())),
        new FuzzTarget("resume", ResumeFuzzer::run, texts("epoch=1\n", "learning_rate=0.1\n")),
        new FuzzTarget("manifest", ManifestFuzzer::run, texts(Samples.MANIFEST)),
        new FuzzTarget("train_log", TrainLogFuzzer::run, texts(Samples.TRAIN_LOG)));
  }

  /** The target of a name. */
  static FuzzTarget named(String name) {
    return all().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<byte[]> texts(String... texts) {
    return List.of(texts).stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
  }
}
