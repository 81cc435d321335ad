package io.fmviz.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

  @Test
  void endsAFileWithALineEnd() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    Json.pretty(List.of("é"), file);
    assertThat(file.toString(StandardCharsets.UTF_8)).isEqualTo("[\n  \"é\"\n]\n");
  }
}
