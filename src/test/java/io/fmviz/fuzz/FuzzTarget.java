package io.fmviz.fuzz;

import io.fmviz.checkpoint.CheckpointFuzzer;
import io.fmviz.checkpoint.OptimizerFileFuzzer;
import io.fmviz.dataset.file.ImageFileFuzzer;
import io.fmviz.dataset.mnist.IdxFuzzer;
import io.fmviz.dataset.photo.PhotoFuzzer;
import io.fmviz.network.onnx.OnnxFuzzer;
import io.fmviz.pipeline.train.ResumeFuzzer;
import io.fmviz.pipeline.train.TrainLogFuzzer;
import io.fmviz.report.ManifestFuzzer;
import io.fmviz.tensor.ArchiveFuzzer;
import io.fmviz.tensor.SafetensorsFuzzer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A parser of what others may have written.
 *
 * @param body runs it on some bytes; whatever it throws is a finding
 * @param seeds what fuzzing begins with
 */
record FuzzTarget(String name, Body body, Supplier<List<byte[]>> seeds) {
  /** Runs a parser. */
  interface Body {
    void run(byte[] data) throws Exception;
  }

  static List<FuzzTarget> all() {
    return List.of(
        new FuzzTarget("idx", IdxFuzzer::run, FuzzTarget::idx),
        new FuzzTarget("image", ImageFileFuzzer::run, Samples::pictures),
        new FuzzTarget("photo", PhotoFuzzer::picture, PhotoFuzzer::seeds),
        new FuzzTarget(
            "preprocess", PhotoFuzzer::settings, () -> texts(Samples.TRANSFORMERS, Samples.TIMM)),
        new FuzzTarget(
            "class_names",
            PhotoFuzzer::names,
            () -> texts("cat\ndog\n", "{\"id2label\": {\"0\": \"cat\"}}", "{0: 'a', 1: \"b\"}")),
        new FuzzTarget("safetensors", SafetensorsFuzzer::run, FuzzTarget::checkpoint),
        new FuzzTarget("checkpoint", CheckpointFuzzer::run, FuzzTarget::checkpoint),
        new FuzzTarget(
            "optimizer", OptimizerFileFuzzer::run, () -> List.of(Samples.optimizerFile())),
        new FuzzTarget(
            "resume", ResumeFuzzer::run, () -> texts("epoch=1\n", "learning_rate=0.1\n")),
        new FuzzTarget("manifest", ManifestFuzzer::run, () -> texts(Samples.MANIFEST)),
        new FuzzTarget("train_log", TrainLogFuzzer::run, () -> texts(Samples.TRAIN_LOG)),
        new FuzzTarget("zip", ArchiveFuzzer::zip, FuzzTarget::zip),
        new FuzzTarget("pickle", ArchiveFuzzer::pickle, () -> unzipped(".pth", "/data.pkl")),
        new FuzzTarget("npy", ArchiveFuzzer::array, () -> unzipped(".npz", ".npy")),
        new FuzzTarget("onnx", OnnxFuzzer::run, OnnxFuzzer::seeds),
        new FuzzTarget("pth", CheckpointFuzzer::run, () -> archives(".pth")),
        new FuzzTarget("npz", CheckpointFuzzer::run, () -> archives(".npz")));
  }

  /** The target of a name. */
  static FuzzTarget named(String name) {
    return all().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<byte[]> idx() {
    byte[] images = Samples.idx(2, 3, 2);
    return List.of(images, Samples.idx(5), Samples.gzip(images));
  }

  private static List<byte[]> checkpoint() {
    return List.of(Samples.bytes(Samples.checkpoint()));
  }

  private static List<byte[]> zip() {
    return List.of(Samples.zip(Map.of("a/b", new byte[10], "c", new byte[200])));
  }

  /** What PyTorch or NumPy wrote, and what fmviz writes. */
  private static List<byte[]> archives(String suffix) {
    return Stream.concat(Samples.archives(suffix).stream(), Stream.of(Samples.exported(suffix)))
        .toList();
  }

  private static List<byte[]> unzipped(String archives, String suffix) {
    return archives(archives).stream().map(archive -> Samples.unzip(archive, suffix)).toList();
  }

  private static List<byte[]> texts(String... texts) {
    return List.of(texts).stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
  }
}
