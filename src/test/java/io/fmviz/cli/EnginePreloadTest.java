package io.fmviz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnginePreloadTest {
  @Test
  void aCommandIsFoundByItsName() {
    for (Class<?> type : AllCommands.types()) {
      assertThat(EnginePreload.command(AllCommands.nameOf(type))).isEqualTo(type);
    }
    assertThat(EnginePreload.command("tran")).isNull();
    assertThat(EnginePreload.command("")).isNull();
    assertThat(EnginePreload.command("--")).isNull();
  }

  /** Kernels runs a network for some of its options only. */
  @Test
  void engineIsLoadedAheadForCommandsThatTakeADevice() {
    List<String> computing =
        AllCommands.types().stream()
            .filter(
                type ->
                    Arrays.stream(type.getDeclaredFields())
                        .anyMatch(
                            field ->
                                List.of(
                                        ComputeOptions.class,
                                        SetupOptions.class,
                                        CheckpointSetupOptions.class)
                                    .contains(field.getType())))
            .map(AllCommands::nameOf)
            .filter(name -> !name.equals("kernels"))
            .toList();
    assertThat(
            AllCommands.types().stream().map(AllCommands::nameOf).filter(EnginePreload::isNeeded))
        .containsExactlyElementsOf(computing)
        .contains("train");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--json train", "train --help --epochs 2", "dead --split test"})
  void engineIsLoadedAheadWhereverTheCommandStands(String line) {
    assertThat(EnginePreload.isNeeded(line.split(" ", -1))).isTrue();
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
    assertThat(EnginePreload.isNeeded(line.split(" ", -1))).isFalse();
  }
}
