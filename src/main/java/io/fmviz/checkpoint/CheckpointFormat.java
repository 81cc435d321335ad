package io.fmviz.checkpoint;

import io.fmviz.base.InvalidValueException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

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

  /**
   * The format of a file that is to be written.
   *
   * @throws InvalidValueException if its name ends like none of them
   */
  public static CheckpointFormat of(Path file) {
    String given = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> given.matches(format.name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidValueException(
                    "to", "must end in .pth, .pt, .safetensors or .npz, not be " + file));
  }

  /** What people call it. */
  @Override
  public String toString() {
    return title;
  }
}
