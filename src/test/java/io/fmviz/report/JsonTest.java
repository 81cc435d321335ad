package io.fmviz.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fmviz.base.Unwrapped;
import io.fmviz.base.WriteNull;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
  private record Facts(String name, double value, Double boxed, List<Integer> counts) {}

  @Test
  void writesARecordAsAnObjectOnOneLine() {
    assertThat(Json.line(new Facts("<a&b>", 0.5, 2.0, List.of(1, 2))))
        .isEqualTo("{\"name\":\"<a&b>\",\"value\":0.5,\"boxed\":2.0,\"counts\":[1,2]}");
  }

  @Test
  void hasNoNumberThatJsonDoesNotKnow() {
    assertThat(Json.line(List.of(Double.NaN, Double.POSITIVE_INFINITY, 1.0)))
        .isEqualTo("[null,null,1.0]");
    assertThat(Json.line(List.of(Float.NaN, Float.NEGATIVE_INFINITY, 0.1f)))
        .isEqualTo("[null,null,0.1]");
    assertThat(Json.line(new float[] {Float.POSITIVE_INFINITY, 0.5f})).isEqualTo("[null,0.5]");
  }

  private record Answer(
      @WriteNull Integer predicted, Integer source, double loss, Double none, Float shown) {}

  private record Sample(int index, @Unwrapped Answer answer, double[] maxima) {}

  @Test
  void leavesOutWhatDoesNotApplyAndSaysWhatIsNoNumber() throws IOException {
    Answer none = new Answer(null, null, Double.NaN, null, Float.POSITIVE_INFINITY);
    assertThat(Json.line(none)).isEqualTo("{\"predicted\":null,\"loss\":null,\"shown\":null}");
    assertThat(Json.line(new Sample(1, none, new double[] {1, Double.NaN})))
        .isEqualTo(
            "{\"index\":1,\"predicted\":null,\"loss\":null,\"shown\":null,\"maxima\":[1.0,null]}");
    assertThat(Json.line(new Answer(3, 4, 0.5, 1.0, null)))
        .isEqualTo("{\"predicted\":3,\"source\":4,\"loss\":0.5,\"none\":1.0}");
    assertThat(Json.line(new Facts(null, Double.NaN, null, null))).isEqualTo("{\"value\":null}");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    Json.pretty(List.of(new Facts(null, Double.NaN, null, null), none), file);
    assertThat(file.toString(StandardCharsets.UTF_8).replaceAll("\\s", ""))
        .isEqualTo("[{\"value\":null},{\"predicted\":null,\"loss\":null,\"shown\":null}]");
  }

  private record Run(String command, double seconds, List<Double> shares) {}

  private record Inner(int a, @Unwrapped Run run) {}

  private record Result(@Unwrapped Run run, int images, @Unwrapped Inner inner, Inner nested) {}

  private record Optional(@Unwrapped Run run, String last) {}

  @Test
  void writesTheFieldsOfAnInlineRecordAmongTheOthersWhereItStands() throws IOException {
    Run run = new Run("top", 0.5, List.of(Double.NaN, 1.0));
    assertThat(Json.line(new Inner(1, run)))
        .isEqualTo("{\"a\":1,\"command\":\"top\",\"seconds\":0.5,\"shares\":[null,1.0]}");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    Json.pretty(new Inner(1, run), file);
    assertThat(file.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {
              "a": 1,
              "command": "top",
              "seconds": 0.5,
              "shares": [
                null,
                1.0
              ]
            }
            """);
  }

  @Test
  void writesInlineRecordsWithinOthersAndWithinLists() {
    Run run = new Run("top", 2, List.of());
    Inner inner = new Inner(7, new Run("dead", 3, List.of(1.0)));
    assertThat(Json.line(new Result(run, 5, new Inner(6, null), inner)))
        .isEqualTo(
            "{\"command\":\"top\",\"seconds\":2.0,\"shares\":[],\"images\":5,\"a\":6,\"nested\":"
                + "{\"a\":7,\"command\":\"dead\",\"seconds\":3.0,\"shares\":[1.0]}}");
    assertThat(Json.line(List.of(inner)))
        .isEqualTo("[{\"a\":7,\"command\":\"dead\",\"seconds\":3.0,\"shares\":[1.0]}]");
  }

  @Test
  void writesNothingOfAnInlineRecordThatIsNotThere() {
    assertThat(Json.line(new Optional(null, "x"))).isEqualTo("{\"last\":\"x\"}");
  }

  @Test
  void endsAFileWithALineEnd() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    Json.pretty(List.of("é"), file);
    assertThat(file.toString(StandardCharsets.UTF_8)).isEqualTo("[\n  \"é\"\n]\n");
  }

  @Test
  void passesOnWhyAStreamTakesNoMore() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    List<String> large = List.of("x".repeat(20_000), "y");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Json.pretty(large, full))
        .withMessage("No space left on device");
  }
}
