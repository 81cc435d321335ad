package io.fmviz.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which ONNX model to take. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "FILE",
      description =
          "A network of your own in place of a checkpoint, as PyTorch, TensorFlow or Paddle export it: an ONNX file (default: none).")
  Path file;
}
