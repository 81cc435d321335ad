package io.fmviz;

import java.nio.file.Path;
import java.util.List;

/**
 * The folder beside the project with the real MNIST and the PyTorch reference, where it is known.
 */
public final class Shared {
  public static final String VARIABLE = "FMVIZ_SHARED";
  public static final String ABSENT =
      "FMVIZ_SHARED is not set: set it to a folder with real MNIST (mnist/) and the PyTorch reference (reference/)";

  /** The channels of the reference's third convolution that are dead on the test images. */
  public static final List<Integer> DEAD_3 =
      List.of(
          6, 8, 11, 16, 19, 23, 29, 31, 32, 38, 43, 45, 46, 47, 49, 50, 61, 62, 66, 67, 69, 70, 75,
          82, 84, 85, 87, 90, 97, 98, 99, 111, 113, 115, 118, 124);

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
