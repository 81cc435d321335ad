package io.fmviz.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {
  @TempDir private Path folder;

  private static Path cache(Map<String, String> environment, String system, String home) {
    return CacheFolder.of(environment::get, Map.of("os.name", system, "user.home", home)::get);
  }

  @Test
  void theFolderIsWhereTheSystemKeepsWhatCanBeMadeAgain() {
    String home = folder.toString();
    assertThat(cache(Map.of(), "Linux", home)).isEqualTo(folder.resolve(".cache/fmviz"));
    assertThat(cache(Map.of("XDG_CACHE_HOME", "/c"), "Linux", home)).isEqualTo(Path.of("/c/fmviz"));
    assertThat(cache(Map.of(), "Mac OS X", home)).isEqualTo(folder.resolve("Library/Caches/fmviz"));
    assertThat(cache(Map.of("LOCALAPPDATA", "L"), "Windows 11", home))
        .isEqualTo(Path.of("L/fmviz"));
    assertThat(cache(Map.of("FMVIZ_CACHE_DIR", "/mine"), "Linux", home))
        .isEqualTo(Path.of("/mine"));
    assertThat(cache(Map.of(), "Linux", "/no/such/home")).isNull();
  }
}
