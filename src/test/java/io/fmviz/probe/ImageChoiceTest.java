package io.fmviz.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageChoiceTest {
  private static ImageChoice ofIndices(String indices) {
    return new ImageChoice(null, 1, indices, null, false);
  }

  @Test
  void readsNumbersAndRangesInTheirOrderEachOnce() {
    assertThat(ofIndices("3,17, 40-43 ,17").numbers()).containsExactly(3, 17, 40, 41, 42, 43);
    assertThat(ofIndices("7-7").numbers()).containsExactly(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|'{index} takes numbers and ranges, such as 3,17,40-50, not '",
        "1,|{index} takes numbers and ranges, such as 3,17,40-50, not 1,",
        "a|{index} takes numbers and ranges, such as 3,17,40-50, not a",
        "-3|{index} takes numbers and ranges, such as 3,17,40-50, not -3",
        "1-2-3|{index} takes numbers and ranges, such as 3,17,40-50, not 1-2-3",
        "9999999999|{index} takes numbers and ranges, such as 3,17,40-50, not 9999999999",
        "0|{index} counts from 1",
        "4, 7-5|{index} has a range that goes backwards: 7-5",
        "1-999999999|{index} takes at most 1,000,000 numbers"
      })
  void refusesWhatIsNoListOfNumbers(String indices, String message) {
    assertThatThrownBy(() -> ofIndices(indices))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(Settings.named(message));
  }

  @Test
  void takesTwentyImagesUnlessTheyAreNamed() {
    assertThat(new ImageChoice(null, 1, null, null, false).limit()).isEqualTo(20);
    assertThat(new ImageChoice(null, 1, null, "3", false).limit()).isEqualTo(20);
    assertThat(new ImageChoice(5, 1, "1-9", null, false).limit()).isEqualTo(5);
    assertThat(ofIndices("1-100").limit()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void refusesOptionsThatContradictEachOther() {
    assertThatThrownBy(() -> new ImageChoice(null, 2, "3", null, false))
        .hasMessage(Settings.named("{index} and {start} can't be used together"));
    assertThatThrownBy(() -> new ImageChoice(null, 1, null, " ", false))
        .hasMessage(Settings.named("{class} takes a number or a name"));
  }

  @Test
  void keepsANumberOfAClassANumberInManifests() {
    assertThat(new ImageChoice(null, 1, null, "7", false).options()).containsEntry("class", 7);
    assertThat(new ImageChoice(null, 1, null, "cat", false).options())
        .containsEntry("class", "cat");
  }
}
