package io.fmviz.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads any text as a manifest: the files it lists are deleted, so all must lie in the folder. */
public final class ManifestFuzzer {
  private static final Path FOLDER = Path.of("out");

  private ManifestFuzzer() {}

  public static void run(byte[] data) throws IOException {
    Reader text = new InputStreamReader(new ByteArrayInputStream(data), StandardCharsets.UTF_8);
    for (String name : Manifest.filesOf(text)) {
      Path file = FOLDER.resolve(name);
      if (!file.normalize().equals(file)
          || !file.startsWith(FOLDER)
          || file.getNameCount() > 3
          || !name.matches(".*\\.(png|gif|npy|npz)|(.*/)?index\\.html|passed-over\\.txt")) {
        throw new AssertionError("leads out of the folder: " + name);
      }
    }
  }
}
