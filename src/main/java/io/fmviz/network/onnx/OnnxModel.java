package io.fmviz.network.onnx;

import io.fmviz.dataset.photo.Preprocessing;
import io.fmviz.network.Network;
import java.nio.file.Path;
import java.util.Map;

/** Stub. */
public record OnnxModel() {
  /** Stub. */
  public static OnnxModel read(Path file) {
    return new OnnxModel();
  }

  /** Stub. */
  public long[] inputDimensions() {
    return new long[4];
  }

  /** Stub. */
  public Map<String, String> metadata() {
    return Map.of();
  }

  /** Stub. */
  public Network network(Preprocessing reading) {
    return null;
  }
}
