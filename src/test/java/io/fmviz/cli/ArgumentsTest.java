package io.fmviz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.cli.options.ComputeOptions;
import io.fmviz.cli.options.SetupOptions;
import io.fmviz.cli.options.SetupOptions.CheckpointSetupOptions;
import io.fmviz.pipeline.Subcommand;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

class ArgumentsTest {
  private static Arguments arguments(String line) {
    return Arguments.of(line.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource({
    "train, train",
    "--json train --epochs 2, train",
    "-h help top, help",
    "tran --quiet, tran",
    "--json --quiet, ''"
  })
  void theCommandIsTheFirstWordThatIsNoOption(String line, String command) {
    assertThat(arguments(line).command()).isEqualTo(command);
  }

  @Test
  void withoutWordsThereIsNoCommand() {
    assertThat(Arguments.of().command()).isEmpty();
    assertThat(Arguments.of().helpOf()).isNull();
    assertThat(Arguments.of().needTorch()).isFalse();
  }

  @Test
  void verboseStandsAnywhere() {
    assertThat(arguments("train --verbose --epochs 2").isVerbose()).isTrue();
    assertThat(arguments("train --verbosely").isVerbose()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "-h, ''",
    "--help, ''",
    "help, ''",
    "train -h, train",
    "generate-completion --help, generate-completion",
    "help train, train"
  })
  void helpAloneIsSeen(String line, String command) {
    assertThat(arguments(line).helpOf()).isEqualTo(command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--json --help", "train --help --epochs", "../train --help", "help .", "summary"})
  void helpBesideOtherThingsIsLeftToTheParser(String line) {
    assertThat(arguments(line).helpOf()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void aCommandsClassIsFoundByItsName(Subcommand command) {
    Class<?> type = AllCommands.type(command);
    assertThat(type.getAnnotation(Command.class).name()).isEqualTo(command.toString());
    assertThat(Subcommand.named(command.toString())).contains(command);
  }

  /** Kernels runs a network for some of its options only. */
  @Test
  void engineIsLoadedAheadForCommandsThatTakeADevice() {
    List<Subcommand> computing =
        Arrays.stream(Subcommand.values())
            .filter(
                command ->
                    Arrays.stream(AllCommands.type(command).getDeclaredFields())
                        .anyMatch(
                            field ->
                                List.of(
                                        ComputeOptions.class,
                                        SetupOptions.class,
                                        CheckpointSetupOptions.class)
                                    .contains(field.getType())))
            .filter(command -> command != Subcommand.KERNELS)
            .toList();
    assertThat(
            Arrays.stream(Subcommand.values())
                .filter(command -> Arguments.of(command.toString()).needTorch()))
        .containsExactlyElementsOf(computing)
        .contains(Subcommand.TRAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--json train", "train --help --epochs 2", "dead --split test"})
  void engineIsLoadedAheadWhereverTheCommandStands(String line) {
    assertThat(arguments(line).needTorch()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--json",
        "train --help",
        "dead --model x",
        "dead --model=x",
        "top --checkpoint a.ONNX",
        "help train",
        "help",
        "summary",
        "tran"
      })
  void engineIsNotLoadedForAnythingElse(String line) {
    assertThat(arguments(line).needTorch()).isFalse();
  }
}
