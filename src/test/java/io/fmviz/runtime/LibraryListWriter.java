package io.fmviz.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Writes the list of native libraries anew, from the jars that hold them: {@code
 * scripts/libraries}.
 */
final class LibraryListWriter {
  /** What the engines' jars hold beside libraries that are loaded. */
  private static final String LIBRARY =
      "(pytorch/cpu/[^/]+|jnilib/[^/]+/cpu|ai/onnxruntime/native/[^/]+|com/sun/jna/[^/]+)/[^/]+"
          + "\\.(so(\\.\\d+)*|dll|dylib|jnilib)";

  private LibraryListWriter() {}

  /**
   * Writes the list.
   *
   * @param arguments the list, then the jars
   */
  public static void main(String[] arguments) throws IOException {
    Map<String, Library> libraries = new TreeMap<>();
    for (int i = 1; i < arguments.length; i++) {
      try (ZipInputStream jar = new ZipInputStream(Files.newInputStream(Path.of(arguments[i])))) {
        for (ZipEntry e = jar.getNextEntry(); e != null; e = jar.getNextEntry()) {
          if (e.getName().matches(LIBRARY)) {
            libraries.put(e.getName(), Library.measured(e.getName(), "", jar));
          }
        }
      }
    }
    StringBuilder lines = new StringBuilder();
    for (Library library : libraries.values()) {
      lines.append("%s %d %s%n".formatted(library.digest(), library.size(), library.resource()));
    }
    Files.writeString(Path.of(arguments[0]), lines);
  }
}
