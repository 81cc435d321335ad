package io.fmviz.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SubcommandTest {
  @Test
  void aCommandIsKnownByItsName() {
    assertThat(Subcommand.named("generate-completion")).contains(Subcommand.GENERATE_COMPLETION);
    assertThat(Subcommand.named("tran")).isEmpty();
    assertThat(Subcommand.named("")).isEmpty();
  }

  @Test
  void foldersOfSomeHavePages() {
    assertThat(Subcommand.withPages()).contains("ablate", "cam").doesNotContain("prune").isSorted();
    assertThat(Subcommand.PRUNE.page()).isEmpty();
  }

  @Test
  void aClusterCarriesOutWhatRunsANetwork() {
    assertThat(Subcommand.ofCluster())
        .contains(Subcommand.DEAD)
        .doesNotContain(Subcommand.CAM)
        .allMatch(Subcommand::runsNetwork);
  }
}
