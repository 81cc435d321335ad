package io.fmviz.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Where fmviz keeps what it can make again. */
public final class CacheFolder {
  static final String NAME = "FMVIZ_CACHE_DIR";

  private CacheFolder() {}

  /** The user's; null if there is none. It may have to be made. */
  public static Path ofUser() {
    return of(System::getenv, System::getProperty);
  }

  /**
   * The folder for what can be made again.
   *
   * @param environment the value of a variable, or null
   * @param property that of a system property, or null
   * @return null if there is none
   */
  static Path of(UnaryOperator<String> environment, UnaryOperator<String> property) {
    String told = environment.apply(NAME);
    if (told != null && !told.isBlank()) {
      return Path.of(told);
    }
    String system = property.apply("os.name").toLowerCase(Locale.ROOT);
    String home = property.apply("user.home");
    if (system.startsWith("windows")) {
      String local = environment.apply("LOCALAPPDATA");
      return local == null ? null : Path.of(local, "fmviz");
    }
    String given = environment.apply("XDG_CACHE_HOME");
    if (given != null && given.startsWith("/")) {
      return Path.of(given, "fmviz");
    }
    if (home == null || !Files.isDirectory(Path.of(home))) {
      return null;
    }
    return system.startsWith("mac")
        ? Path.of(home, "Library", "Caches", "fmviz")
        : Path.of(home, ".cache", "fmviz");
  }
}
