package io.fmviz.network.onnx;

/** Stub for the first build. */
final class Natives {
  private Natives() {}

  static void settle() {}
}
