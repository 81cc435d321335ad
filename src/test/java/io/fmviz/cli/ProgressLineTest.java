package io.fmviz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLineTest {
  private static final ProgressLine LINE =
      new ProgressLine("epoch 0", 250, 1000, "loss 0.5000", 10.4, 31.2);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "90|epoch 0 [######..................] 250/1,000  loss 0.5000  10 s, 31 s left",
        "73|epoch 0 [#####..................] 250/1,000  loss 0.5000  10 s, 31 s left",
        "56|epoch 0 [#.....] 250/1,000  loss 0.5000  10 s, 31 s left",
        "55|epoch 0 [####..............] 250/1,000  10 s, 31 s left",
        "43|epoch 0 [#.....] 250/1,000  10 s, 31 s left",
        "42|epoch 0 250/1,000  10 s, 31 s left",
        "33|epoch 0 250/1,000  10 s",
        "12|epoch 0 250/",
        "0|''"
      })
  void leavesOutWhatANarrowTerminalHasNoRoomFor(int columns, String line) {
    assertThat(LINE.drawn(columns)).isEqualTo(line);
  }

  @Test
  void tellsNoTimeLeftAtTheBeginningAndAtTheEnd() {
    assertThat(new ProgressLine("images", 0, 10, "", 3, Double.NaN).plain())
        .isEqualTo("images 0/10  3 s");
    assertThat(new ProgressLine("images", 10, 10, "", 3, Double.NaN).plain())
        .isEqualTo("images 10/10  3 s");
  }

  @Test
  void tellsTheTimeAloneWhereNobodyKnowsHowMuchThereIs() {
    ProgressLine line = new ProgressLine("reading a.onnx", 0, 0, "", 12, Double.NaN);
    assertThat(line.plain()).isEqualTo("reading a.onnx  12 s");
    assertThat(line.drawn(79)).isEqualTo("reading a.onnx  12 s");
    assertThat(line.drawn(7)).isEqualTo("reading");
  }

  @ParameterizedTest
  @CsvSource({"0.4, 0 s", "59.4, 59 s", "59.6, 1 min 00 s", "725, 12 min 05 s", "7805, 2 h 10 min"})
  void tellsTimesAsPeopleDo(double seconds, String text) {
    assertThat(ProgressLine.duration(seconds)).isEqualTo(text);
  }
}
