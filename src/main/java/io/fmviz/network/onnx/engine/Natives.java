package io.fmviz.network.onnx.engine;

import io.fmviz.runtime.NativeLibraries;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * ONNX Runtime's libraries, unpacked once for a user: by itself it would unpack 28 MB at each
 * start, which takes 0.3 s. They are in {@code FMVIZ_CACHE_DIR}, or where the system keeps what can
 * be made again.
 */
final class Natives {
  /** Where ONNX Runtime looks before it unpacks. */
  private static final String PATH = "onnxruntime.native.path";

  private Natives() {}

  /** Tells ONNX Runtime where its libraries are; to be called before it is used. */
  static void settle() {
    String folder = "ai/onnxruntime/native/" + platform() + "/";
    List<String> resources =
        Stream.of("onnxruntime", "onnxruntime4j_jni", "onnxruntime_providers_shared")
            .map(library -> folder + System.mapLibraryName(library))
            .toList();
    NativeLibraries.settle("ONNX Runtime", PATH, "onnxruntime", resources);
  }

  /** As ONNX Runtime calls it. */
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    return (system.startsWith("mac") ? "osx" : system.startsWith("windows") ? "win" : "linux")
        + (processor.equals("aarch64") ? "-aarch64" : "-x64");
  }
}
