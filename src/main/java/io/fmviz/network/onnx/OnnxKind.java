package io.fmviz.network.onnx;

import io.fmviz.dataset.photo.Preprocessing;
import io.fmviz.network.AnswerChoice;
import io.fmviz.network.Network;
import io.fmviz.network.NetworkKind;
import io.fmviz.network.onnx.engine.UnfitSizeException;
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
    Preprocessing how = reading.of(model.input(), file, model.metadata());
    try {
      return model.network(how, answer);
    } catch (UnfitSizeException e) {
      return new FittingSize(model, reading, answer).found(how, e);
    }
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
