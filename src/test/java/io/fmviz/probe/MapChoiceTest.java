package io.fmviz.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.network.Node;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapChoiceTest {
  private static final Node NODE =
      new Node(new Node.Name("ReLU", 2, "relu"), List.of(), List.of(8, 4, 4), 0, null);

  private static int[] of(String text) {
    return MapChoice.of(new MapChoice(text), NODE);
  }

  @Test
  void aNumberIsThatManyAndAListTheseFromZero() {
    assertThat(MapChoice.of(null, NODE)).hasSize(8);
    assertThat(of("3")).containsExactly(0, 1, 2);
    assertThat(of("5-5")).containsExactly(5);
    assertThat(of("6-9, 0,2")).containsExactly(0, 2, 6, 7);
    assertThat(of("100")).hasSize(8);
    assertThat(MapChoice.share(of("3"), 8)).isEqualTo("3 of 8");
    assertThat(MapChoice.share(of("100"), 8)).isNull();
  }

  @Test
  void mapsThatALayerHasNotAreAnError() {
    assertThatThrownBy(() -> of("8-20"))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(Settings.named("{maps} 8-20: ReLU_2 has 8 maps, counted from 0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "3,", "5-2", "-1", "1234567"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> new MapChoice(text))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(
            Settings.named(
                    "{maps} takes how many, or numbers and ranges counted from 0, such as 32 or 0-7,12, not ")
                + text);
  }

  @Test
  void noMapsAreRefused() {
    assertThatThrownBy(() -> new MapChoice("0"))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(Settings.named("{maps} must be at least 1, not 0"));
  }
}
