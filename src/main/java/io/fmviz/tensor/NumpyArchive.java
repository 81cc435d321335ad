package io.fmviz.tensor;

import io.fmviz.base.MalformedException;
import io.fmviz.base.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The zip archive that numpy.savez writes: one file for each array, {@code fc.bias.npy}. */
public final class NumpyArchive {
  private static final String SUFFIX = ".npy";

  private NumpyArchive() {}

  /** Whether all that an archive holds is arrays. */
  static boolean is(ZipArchive archive) {
    return !archive.names().isEmpty()
        && archive.names().stream().allMatch(name -> name.endsWith(SUFFIX));
  }

  /**
   * Reads the arrays of an archive that is one.
   *
   * @throws UserException naming the file, the array and what is wrong with it
   */
  static Map<String, Tensor> read(Path file, ZipArchive archive) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String entry : archive.names()) {
      String name = entry.substring(0, entry.length() - SUFFIX.length());
      try {
        tensors.put(name, NumpyArray.read(archive.read(entry)));
      } catch (MalformedException e) {
        throw new UserException(
            "%s can't be read as NumPy's arrays: %s, %s".formatted(file, entry, e.getMessage()), e);
      }
    }
    return tensors;
  }

  /** Writes float32 tensors; numpy.load gives them back. */
  public static void write(Map<String, Tensor> tensors, OutputStream out) throws IOException {
    try (ZipWriter zip = new ZipWriter(out)) {
      for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        NumpyArray.write(entry.getValue(), array);
        zip.add(entry.getKey() + SUFFIX, array.toByteArray());
      }
    }
  }
}
