package io.fmviz.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerSelectionTest {
  private static final List<Layer> LAYERS =
      List.of(
          new Layer("Conv2d", 1, "0.0", null),
          new Layer("ReLU", 1, "0.1", null),
          new Layer("Conv2d", 2, "0.2", null),
          new Layer("ReLU", 2, "0.3", null),
          new Layer("Linear", 1, "1", null));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Conv2d_2|Conv2d_2",
        "Conv2d|Conv2d_1 Conv2d_2",
        "ReLU_*|ReLU_1 ReLU_2",
        "R*|ReLU_1 ReLU_2",
        "*_1|Conv2d_1 ReLU_1 Linear_1",
        "Conv?d_2|Conv2d_2",
        "*|Conv2d_1 ReLU_1 Conv2d_2 ReLU_2 Linear_1",
        "ReLU_2 , Conv2d_1,ReLU|Conv2d_1 ReLU_1 ReLU_2",
      })
  void choosesByNameGlobAndTypeInForwardOrder(String entries, String chosen) {
    assertThat(LayerSelection.of(List.of(entries)).choose(LAYERS))
        .extracting(Layer::name)
        .containsExactly(chosen.split(" "));
  }

  @Test
  void joinsSeveralLists() {
    LayerSelection selection = LayerSelection.of(List.of("ReLU_2", "Linear,Conv2d_1"));
    assertThat(selection.entries()).containsExactly("ReLU_2", "Linear", "Conv2d_1");
    assertThat(LAYERS.stream().filter(selection::matches).map(Layer::name))
        .containsExactly("Conv2d_1", "ReLU_2", "Linear_1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Conv2d_3", "conv2d", "Conv2d_", "Conv.d", "ReLU_[12]", "Linear_1x"})
  void refusesAnEntryThatChoosesNothingAndListsTheLayers(String entry) {
    LayerSelection selection = LayerSelection.of(List.of("Conv2d_1," + entry));
    assertThatThrownBy(() -> selection.choose(LAYERS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "there is no layer "
                + entry
                + "; there are Conv2d_1, ReLU_1, Conv2d_2, ReLU_2, Linear_1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Conv2d,", ",ReLU", "Conv2d,,ReLU"})
  void refusesAnEmptyEntry(String entries) {
    assertThatThrownBy(() -> LayerSelection.of(List.of(entries)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("Conv2d_2,ReLU_*,MaxPool2d; it has an empty entry");
  }
}
