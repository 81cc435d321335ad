package io.fmviz.pipeline.visualize;

import io.fmviz.base.UserException;
import io.fmviz.image.PngWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the pictures of one image that are equal, byte for byte. */
final class EqualFiles {
  private final Path folder;
  private final Map<Long, List<String>> different = new HashMap<>();
  private String last;

  /** Among files of a folder. */
  EqualFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Takes a picture that was just written.
   *
   * @param file below the folder
   * @param png what wrote it, and the pictures before it
   * @return the first of them that has the same bytes; null if none has
   */
  String add(String file, PngWriter png) {
    if (last == null || !png.isRepeated()) {
      List<String> alike = different.computeIfAbsent(png.fingerprint(), any -> new ArrayList<>());
      String equal = alike.stream().filter(other -> isEqual(file, other)).findFirst().orElse(null);
      if (equal == null) {
        alike.add(file);
      }
      last = equal == null ? file : equal;
      return equal;
    }
    return last;
  }

  private boolean isEqual(String file, String other) {
    try {
      return Files.mismatch(folder.resolve(file), folder.resolve(other)) < 0;
    } catch (IOException e) {
      throw UserException.cannotRead(folder.resolve(other), e);
    }
  }
}
