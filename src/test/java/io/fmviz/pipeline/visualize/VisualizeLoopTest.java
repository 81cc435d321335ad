package io.fmviz.pipeline.visualize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisualizeLoopTest {
  @ParameterizedTest
  @CsvSource({"100, 2, 1000, 2", "130, 2, 1000, 1", "500, 1, 1000, 1", "800, 1, 1000, 1"})
  void twoBatchesAreThereAtOnceWhereTheyTakeHalfOfTheMemory(
      long bytes, int images, long most, int batches) {
    assertThat(VisualizeLoop.room(bytes, images, most)).isEqualTo(batches);
  }

  @Test
  void mapsThatDontFitAreRefusedBeforeTheyAreMade() {
    assertThatThrownBy(() -> VisualizeLoop.room(2333L << 20, 1, 1L << 30))
        .isInstanceOf(UserException.class)
        .hasMessage(
            Settings.named(
                "the maps of one image take 2,333 MB, and Java has 1,024; take fewer with {layers},"
                    + " or give Java more with java -Xmx"));
  }
}
