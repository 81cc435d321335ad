package io.fmviz.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The versions that this program was built with.
 *
 * @param pytorch of the engine's native library
 */
public record Versions(String fmviz, String djl, String pytorch) {
  /** Reads what the build wrote down. */
  public static Versions get() {
    Properties p = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("/fmviz.properties")) {
      p.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Versions(p.getProperty("version"), p.getProperty("djl"), p.getProperty("pytorch"));
  }
}
