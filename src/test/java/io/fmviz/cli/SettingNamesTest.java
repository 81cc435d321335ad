package io.fmviz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.base.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

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
    for (String value : SettingNames.KNOWN) {
      assertThat(SettingNames.value(SettingNames.option(value))).isEqualTo(value);
    }
  }

  @Test
  void whatMessagesNameAreOptions() {
    Set<String> options = new HashSet<>();
    new CommandLine(new AllCommands())
        .getSubcommands()
        .values()
        .forEach(command -> options.addAll(command.getCommandSpec().optionsMap().keySet()));
    assertThat(options).containsAll(SettingNames.KNOWN.stream().map(SettingNames::option).toList());
    assertThat(sources().flatMap(SettingNamesTest::named))
        .isNotEmpty()
        .isSubsetOf(SettingNames.KNOWN);
  }

  /** A word in braces that isn't marked would reach people as it is. */
  @Test
  void whatMessagesNameIsMarked() {
    assertThat(sources().filter(source -> !source.contains("class Settings ")))
        .noneMatch(
            source ->
                Pattern.compile(
                        "(?<!named\\(\\s{0,40})\"[^\"\n]*\\{("
                            + String.join("|", SettingNames.KNOWN)
                            + ")}")
                    .matcher(source.replaceAll("(?m)^ *(\\*|//).*", ""))
                    .find());
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

  /** The settings that a source's strings name. */
  private static Stream<String> named(String source) {
    return Pattern.compile("named\\(\\s*(\"[^\"\n]*\")")
        .matcher(source)
        .results()
        .flatMap(
            text ->
                Pattern.compile("\\{([a-z][A-Za-z]*)}")
                    .matcher(text.group(1))
                    .results()
                    .map(name -> name.group(1)));
  }
}
