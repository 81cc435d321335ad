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
  void foldersOfTheseHavePages() {
    assertThat(Subcommand.withPages())
        .containsExactly(
            "ablate", "cam", "compare", "dead", "filmstrip", "kernels", "top", "visualize");
    assertThat(Subcommand.PRUNE.page()).isEmpty();
  }

  @Test
  void aClusterCarriesTheseOut() {
    assertThat(Subcommand.ofCluster())
        .containsExactly(Subcommand.EVALUATE, Subcommand.DEAD, Subcommand.TOP, Subcommand.ABLATE)
        .allMatch(Subcommand::runsNetwork);
  }
}
