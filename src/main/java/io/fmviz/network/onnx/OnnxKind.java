package io.fmviz.network.onnx;

import io.fmviz.network.AnswerChoice;
import io.fmviz.network.Network;
import io.fmviz.network.NetworkKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** ONNX files, on ONNX Runtime. */
public record OnnxKind() implements NetworkKind {
  @Override
  public boolean recognizes(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".onnx");
  }

  @Override
  public Network open(Path file, String location, Reading reading, AnswerChoice answer) {
    OnnxModel model = OnnxModel.read(file).of(location);
    return model.network(reading.of(model.inputDimensions(), file, model.metadata()), answer);
  }

  /** transformers' and timm's settings, and weights in a file of their own as exporters call it. */
  @Override
  public List<String> beside(String file) {
    return List.of("preprocessor_config.json", "config.json", file + ".data", file + "_data");
  }

  @Override
  public boolean isOnTorch() {
    return false;
  }
}
