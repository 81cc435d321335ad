package io.fmviz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Stations name a value that a person gave, {@code {samples}}; only the command line knows which
 * option it was.
 */
class OptionNamesTest {
  private static final Path SOURCES = Path.of("src/main/java/io/fmviz");
  private static final Pattern OPTION = Pattern.compile("\"[^\"]*(?<![-\\w])--[a-z]");

  private static List<String> optionsNamedIn(Path file) throws IOException {
    List<String> found = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (OPTION.matcher(line).find()) {
        found.add(SOURCES.relativize(file) + ": " + line.strip());
      }
    }
    return found;
  }

  private static List<String> optionsNamed(boolean inCli) throws IOException {
    List<String> found = new ArrayList<>();
    try (var paths = Files.walk(SOURCES)) {
      for (Path file : paths.filter(p -> p.toString().endsWith(".java")).sorted().toList()) {
        if (file.startsWith(SOURCES.resolve("cli")) == inCli) {
          found.addAll(optionsNamedIn(file));
        }
      }
    }
    return found;
  }

  @Test
  void standInTheCommandLineOnly() throws IOException {
    assertThat(optionsNamed(false)).isEmpty();
    assertThat(optionsNamed(true)).hasSizeGreaterThan(40);
  }
}
