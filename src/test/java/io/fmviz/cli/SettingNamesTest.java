package io.fmviz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.base.Settings;
import io.fmviz.cli.options.SettingNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

class SettingNamesTest {
  @Test
  void messagesNameOptions() {
    assertThat(said("{testBatchSize} must be at least 1, not 0"))
        .isEqualTo("--test-batch-size must be at least 1, not 0");
    assertThat(said("try a smaller {learningRate} than 0.1"))
        .isEqualTo("try a smaller --lr than 0.1");
  }

  private static String said(String message) {
    return SettingNames.in(Settings.named(message));
  }

  @Test
  void aFilesNameIsNoSetting() {
    String message = Settings.named("cannot read %s: give {force}").formatted("{force}/{foo}.png");
    assertThat(SettingNames.in(message)).isEqualTo("cannot read {force}/{foo}.png: give --force");
  }

  @Test
  void anOptionAndItsValueNameEachOther() {
    for (String option : options()) {
      assertThat(SettingNames.option(SettingNames.value(option))).isEqualTo(option);
    }
  }

  @Test
  void whatMessagesNameAreOptions() {
    Set<String> named = sources().flatMap(SettingNamesTest::named).collect(Collectors.toSet());
    assertThat(named).hasSizeGreaterThan(45).contains("learningRate", "failOnDead", "force");
    assertThat(named.stream().map(SettingNames::option)).isSubsetOf(options());
  }

  /** The long names of all options of all commands. */
  private static Set<String> options() {
    return AllCommands.line().getSubcommands().values().stream()
        .flatMap(command -> command.getCommandSpec().options().stream())
        .map(OptionSpec::longestName)
        .collect(Collectors.toSet());
  }

  private static Stream<String> sources() throws UncheckedIOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(SettingNamesTest::read)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The settings that a source's messages name, in braces or as values that can't be. */
  private static Stream<String> named(String source) {
    String refused =
        "(?:InvalidValueException\\(|Usage\\.refuse\\(|Require\\.\\w+\\([^;\"]*)\\s*\"([a-z][A-Za-z]*)\"";
    return Stream.concat(
        found("named\\(\\s*\"([^\"\n]*)\"", source)
            .flatMap(text -> found("\\{([a-z][A-Za-z]*)}", text)),
        found(refused, source));
  }

  private static Stream<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(result -> result.group(1));
  }
}
