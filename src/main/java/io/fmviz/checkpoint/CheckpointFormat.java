package io.fmviz.checkpoint;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The formats that a checkpoint can be written in; the file's name tells which. */
public enum CheckpointFormat {
  PYTORCH("PyTorch state dict", ".+\\.(pth|pt)"),
  SAFETENSORS("safetensors", ".+\\.safetensors"),
  NUMPY("NumPy archive", ".+\\.npz");

  private final String title;
  private final String name;

  CheckpointFormat(String title, String name) {
    this.title = title;
    this.name = name;
  }

  /** The format of a file that is to be written; nothing where its name ends like none of them. */
  public static Optional<CheckpointFormat> of(Path file) {
    String given = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(format -> given.matches(format.name)).findFirst();
  }

  /** Whether a file's name ends like one of theirs. */
  public static boolean isNamed(String file) {
    String given = file.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).anyMatch(format -> given.matches(format.name));
  }

  /** What people call it. */
  @Override
  public String toString() {
    return title;
  }
}
