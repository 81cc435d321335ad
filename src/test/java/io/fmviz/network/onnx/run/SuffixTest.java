package io.fmviz.network.onnx.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.network.onnx.graph.GraphInput;
import io.fmviz.network.onnx.graph.IntermediateOutput;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuffixTest {
  @TempDir private Path folder;
  private SmallGraph graph;

  @BeforeEach
  void read() throws IOException {
    graph = SmallGraph.of(SmallGraph.residual().ofAnyBatch(), folder);
  }

  private Suffix suffix(String tensor) {
    return Suffix.of(graph.layered(), graph.layer(tensor)).orElseThrow();
  }

  @Test
  void whatGoesPastANodeGoesInBesideItsOutput() {
    assertThat(suffix("b").others()).containsExactly("r", "x");
    assertThat(suffix("b").edit().inputs())
        .extracting(input -> input.declared().getName())
        .containsExactly("b", "r", "x");
    assertThat(suffix("b").edit().outputs())
        .extracting(IntermediateOutput::tensor)
        .containsExactly("y");
  }

  @Test
  void theImagesGoInAsTheyGoIntoTheNetwork() {
    assertThat(suffix("s").others()).containsExactly("x");
    assertThat(suffix("s").edit().inputs()).contains(graph.layered().input());
  }

  @Test
  void whatBranchesOffBehindANodeIsMadeAnew() {
    assertThat(suffix("r").others()).containsExactly("x");
    assertThat(suffix("t").others()).isEmpty();
    assertThat(suffix("t").edit().inputs())
        .containsExactly(
            GraphInput.floats(IntermediateOutput.asIs("t"), 0, graph.layer("t").shape()));
  }

  @Test
  void thereIsNoneWhereTheLogitsAreNotReached() {
    assertThat(Suffix.of(graph.layered(), graph.layer("d"))).isEmpty();
    assertThat(Suffix.of(graph.layered(), graph.layer("y"))).isEmpty();
  }
}
