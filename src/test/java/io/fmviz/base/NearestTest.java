package io.fmviz.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> OPTIONS =
      List.of(
          "--image",
          "--index",
          "--input",
          "--input-size",
          "--layers",
          "--layout",
          "--label",
          "--out",
          "--samples",
          "--scale",
          "--start");

  /** Winkler 1990, table of examples; the prefix counts up to four characters. */
  @ParameterizedTest
  @CsvSource({"martha, marhta, 0.961", "dwayne, duane, 0.840", "dixon, dicksonx, 0.813", "a, b, 0"})
  void measuresAsJaroAndWinklerDo(String a, String b, double expected) {
    assertThat(Nearest.similarity(a, b)).isCloseTo(expected, within(0.0005));
    assertThat(Nearest.similarity(b, a)).isCloseTo(expected, within(0.0005));
  }

  @ParameterizedTest
  @CsvSource({
    "--layer, --layers",
    "--LAYERS, --layers",
    "--output, --out",
    "--sampels, --samples",
    "--indices, --index",
    "--strat, --start",
    "--num-samples, --samples"
  })
  void theNearestComesFirst(String typed, String nearest) {
    assertThat(Nearest.to(typed, OPTIONS)).startsWith(nearest);
  }

  @Test
  void whatIsNotAlikeIsNotNamed() {
    assertThat(Nearest.to("--epochs", OPTIONS)).isEmpty();
    assertThat(Nearest.to("", OPTIONS)).isEmpty();
    assertThat(Nearest.hint("--epochs", OPTIONS)).isEmpty();
  }

  @Test
  void whatDiffersInCapitalsOnlyStandsAlone() {
    assertThat(Nearest.to("relu_2", List.of("ReLU_1", "ReLU_2", "ReLU"))).containsExactly("ReLU_2");
    assertThat(Nearest.hint("relu_2", List.of("ReLU_1", "ReLU_2")))
        .isEqualTo("; did you mean ReLU_2?");
  }
}
