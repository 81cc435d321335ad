package io.fmviz.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  private static final long[] SHAPE = {1, 3, 4};

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "y[0,1,2]|6",
        "y[0,-1,-1]|11",
        "y[0,1]|4 5 6 7",
        "y[...,3]|3 7 11",
        "y[0,:,1]|1 5 9",
        "y[0,0,::2]|0 2",
        "y[0,0,1:-1]|1 2",
        "y[0,0,::-1]|3 2 1 0",
        "y[0,0,-2::-1]|2 1 0",
        "y[0,0,2:100]|2 3",
        "y[0,...]|0 1 2 3 4 5 6 7 8 9 10 11",
        "y|0 1 2 3 4 5 6 7 8 9 10 11",
        "a[b][0, 2, 0]|8"
      })
  void takesTheIndicesOfNumPy(String text, String places) {
    StringBuilder found = new StringBuilder();
    for (int place : Target.of(text, false).places(SHAPE)) {
      found.append(' ').append(place);
    }
    assertThat(found.substring(1)).isEqualTo(places);
  }

  @Test
  void knowsItsOutput() {
    assertThat(Target.of("a[b][0]", false).output()).isEqualTo("a[b]");
    assertThat(Target.of("y[0, 1]", false)).hasToString("y[0,1]");
    assertThat(Target.ofClass(7)).hasToString("7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[0]", "y[a]", "y[0,]", "y[1.5]", "y[0:1:2:3]", "y[99999999999]", "y[]x]"})
  void refusesWhatIsNoIndex(String text) {
    assertThatThrownBy(() -> Target.of(text, false))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining(
            "takes NumPy's indices behind an output's name, boxes[0,4,:] say, not " + text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "y[0,3,0]|y[0,3,0] has index 3 where the output [1, 3, 4] has 3",
        "y[0,0,0,0]|y[0,0,0,0] has too many indices: the output has 3 dimensions",
        "y[0,0,3:1]|y[0,0,3:1] chooses no value of the output [1, 3, 4]",
        "y[0,0,::0]|y[0,0,::0] has a step of 0",
        "y[...,...]|y[...,...] has ... more than once"
      })
  void refusesPlacesThatAreNot(String text, String message) {
    assertThatThrownBy(() -> Target.of(text, false).places(SHAPE)).hasMessageContaining(message);
  }
}
