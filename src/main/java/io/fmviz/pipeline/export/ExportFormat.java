package io.fmviz.pipeline.export;

import io.fmviz.base.InvalidValueException;
import io.fmviz.checkpoint.CheckpointFormat;
import java.nio.file.Path;
import java.util.Locale;

/** The formats that a network can be written in: those of checkpoints, and ONNX. */
final class ExportFormat {
  private static final String ONNX = "ONNX";

  private ExportFormat() {}

  /**
   * What people call the format of a file that is to be written; its name tells which it is.
   *
   * @throws InvalidValueException if it ends like none of them
   */
  static String of(Path file) {
    if (isOnnx(file)) {
      return ONNX;
    }
    return CheckpointFormat.of(file)
        .orElseThrow(
            () ->
                new InvalidValueException(
                    "to", "must end in .pth, .pt, .safetensors, .npz or .onnx, not be " + file))
        .toString();
  }

  static boolean isOnnx(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).matches(".+\\.onnx");
  }
}
