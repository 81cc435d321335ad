package io.fmviz.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageChoiceTest {
  private static ImageChoice ofIndices(String indices) {
    return new ImageChoice(null, 1, indices, null, false, List.of(), null);
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
        "''|'{indices} takes numbers and ranges, such as 3,17,40-50, not '",
        "1,|{indices} takes numbers and ranges, such as 3,17,40-50, not 1,",
        "a|{indices} takes numbers and ranges, such as 3,17,40-50, not a",
        "-3|{indices} takes numbers and ranges, such as 3,17,40-50, not -3",
        "1-2-3|{indices} takes numbers and ranges, such as 3,17,40-50, not 1-2-3",
        "9999999999|{indices} takes numbers and ranges, such as 3,17,40-50, not 9999999999",
        "0|{indices} counts from 1",
        "4, 7-5|{indices} has a range that goes backwards: 7-5",
        "1-999999999|{indices} takes at most 1,000,000 numbers"
      })
  void refusesWhatIsNoListOfNumbers(String indices, String message) {
    assertThatThrownBy(() -> ofIndices(indices))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void takesTwentyImagesUnlessTheyAreNamed() {
    List<Path> files = List.of(Path.of("x.png"));
    assertThat(new ImageChoice(null, 1, null, null, false, List.of(), null).limit()).isEqualTo(20);
    assertThat(new ImageChoice(null, 1, null, 3, false, List.of(), null).limit()).isEqualTo(20);
    assertThat(new ImageChoice(5, 1, "1-9", null, false, List.of(), null).limit()).isEqualTo(5);
    assertThat(ofIndices("1-100").limit()).isEqualTo(Integer.MAX_VALUE);
    assertThat(new ImageChoice(null, 1, null, null, false, files, true).limit())
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void refusesOptionsThatContradictEachOther() {
    List<Path> none = List.of();
    List<Path> files = List.of(Path.of("x.png"));
    assertThatThrownBy(() -> new ImageChoice(null, 2, "3", null, false, none, null))
        .hasMessage("{indices} and {start} exclude each other");
    assertThatThrownBy(() -> new ImageChoice(null, 1, null, 3, false, files, null))
        .hasMessage(
            "{image} shows files: {start}, {indices}, {class} and {misclassified} choose test"
                + " images");
    assertThatThrownBy(() -> new ImageChoice(null, 1, null, null, false, none, true))
        .hasMessage("{invert} is for the files of {image}");
    assertThatThrownBy(() -> new ImageChoice(null, 1, null, -1, false, none, null))
        .hasMessage("{class} must be at least 0, not -1");
  }
}
