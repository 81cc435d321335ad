package io.fmviz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SettingNamesTest {
  @Test
  void messagesNameOptions() {
    assertThat(SettingNames.in("{testBatchSize} must be at least 1, not 0"))
        .isEqualTo("--test-batch-size must be at least 1, not 0");
    assertThat(SettingNames.in("try a smaller {learningRate} than 0.1"))
        .isEqualTo("try a smaller --lr than 0.1");
  }

  @Test
  void otherWordsInBracesStay() {
    assertThat(SettingNames.in("cannot read {foo}.png: give {force}, not {Force} or {}"))
        .isEqualTo("cannot read {foo}.png: give --force, not {Force} or {}");
  }

  @Test
  void anOptionAndItsValueNameEachOther() {
    for (String value : SettingNames.KNOWN) {
      assertThat(SettingNames.value(SettingNames.option(value))).isEqualTo(value);
    }
  }

  @Test
  void whatMessagesNameAreOptions() throws IOException {
    Set<String> options = new HashSet<>();
    new CommandLine(new AllCommands())
        .getSubcommands()
        .values()
        .forEach(command -> options.addAll(command.getCommandSpec().optionsMap().keySet()));
    assertThat(options).containsAll(SettingNames.KNOWN.stream().map(SettingNames::option).toList());
    try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
      assertThat(
              sources
                  .filter(file -> file.toString().endsWith(".java"))
                  .filter(file -> !file.getParent().endsWith("cli"))
                  .flatMap(SettingNamesTest::named))
          .isNotEmpty()
          .isSubsetOf(SettingNames.KNOWN);
    }
  }

  /** The words in braces in a source's strings. */
  private static Stream<String> named(Path file) {
    try {
      return Pattern.compile("(?m)\"[^\"\n]*\"")
          .matcher(Files.readString(file))
          .results()
          .map(MatchResult::group)
          .flatMap(
              text ->
                  Pattern.compile("\\{([a-z][A-Za-z]*)}")
                      .matcher(text)
                      .results()
                      .map(name -> name.group(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
