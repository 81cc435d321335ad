package io.fmviz.fuzz;

import io.fmviz.checkpoint.ArchiveFuzzer;
import io.fmviz.checkpoint.CheckpointFuzzer;
import io.fmviz.checkpoint.OptimizerFileFuzzer;
import io.fmviz.checkpoint.SafetensorsFuzzer;
import io.fmviz.dataset.IdxFuzzer;
import io.fmviz.pipeline.ResumeFuzzer;
import io.fmviz.pipeline.TrainLogFuzzer;
import io.fmviz.report.ManifestFuzzer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

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
    byte[] pth = Samples.exported(".pth");
    byte[] npz = Samples.exported(".npz");
    byte[] zipped = Samples.zip(Map.of("a/b", new byte[10], "c", new byte[200]));
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
        new FuzzTarget("zip", ArchiveFuzzer::zip, List.of(zipped)),
        new FuzzTarget(
            "pickle", ArchiveFuzzer::pickle, List.of(Samples.unzip(pth, "archive/data.pkl"))),
        new FuzzTarget(
            "npy", ArchiveFuzzer::array, List.of(Samples.unzip(npz, "net.0.weight.npy"))),
        new FuzzTarget("pth", CheckpointFuzzer::run, List.of(pth)),
        new FuzzTarget("npz", CheckpointFuzzer::run, List.of(npz)),
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
