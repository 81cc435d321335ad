package io.fmviz;

import java.nio.file.Path;

/**
 * The folder beside the project with the real MNIST and the PyTorch reference, where it is known.
 */
public final class Shared {
  public static final String VARIABLE = "FMVIZ_SHARED";
  public static final String ABSENT =
      "FMVIZ_SHARED is not set: set it to a folder with real MNIST (mnist/) and the PyTorch reference (reference/)";

  private Shared() {}

  public static Path mnist() {
    return resolve("mnist");
  }

  public static Path reference(String file) {
    return resolve("reference/" + file);
  }

  private static Path resolve(String file) {
    return Path.of(System.getenv(VARIABLE)).resolve(file);
  }
}
