package io.fmviz.pipeline.export;

import io.fmviz.base.TargetFile;
import io.fmviz.checkpoint.CheckpointInfo;
import io.fmviz.network.InputForm;
import io.fmviz.network.Network;
import io.fmviz.network.onnx.OnnxWriter;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.network.torch.SavedClassifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The classifier as an ONNX model, which says how pictures become what it takes. */
final class OnnxExport {
  /** Grey images of MNIST's size are read as its digits are. */
  private static final InputForm DIGITS = new InputForm(1, 28, 28);

  private OnnxExport() {}

  /** Writes the file; it appears whole or not at all. */
  static void write(SavedClassifier checkpoint, TargetFile target) {
    Network network = new ClassifierNetwork(checkpoint);
    byte[] bytes = OnnxWriter.bytes(network, checkpoint.weights(), metadata(checkpoint, network));
    target.write(out -> out.write(bytes));
  }

  private static Map<String, String> metadata(SavedClassifier checkpoint, Network network) {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (network.input().equals(DIGITS)) {
      metadata.put("fmviz.fit", "digit");
    }
    metadata.put("names", names(network.classes()));
    metadata.putAll(CheckpointInfo.ofAnyForm(checkpoint.said()));
    return metadata;
  }

  /** A dict as Python writes it, which is how Ultralytics' exporter names classes. */
  private static String names(int classes) {
    return IntStream.range(0, classes)
        .mapToObj(c -> "%d: '%d'".formatted(c, c))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
