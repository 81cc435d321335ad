package io.fmviz.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fmviz.base.Unwrapped;
import io.fmviz.base.WriteNull;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrowingJsonTest {
  /** Of characters, and of bytes. */
  private static final int BUFFERED = 2 * 8192;

  private record Origin(String file, String none) {}

  private record Item(int index, @WriteNull Integer predicted, double loss) {}

  private record Facts(
      String name,
      @Unwrapped Origin origin,
      Object details,
      List<String> earlier,
      List<String> files) {}

  private static Facts facts(Object details, List<String> files) {
    return new Facts("x", new Origin("net.onnx", null), details, null, files);
  }

  private static String grown(Facts facts, Object... items) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    GrowingJson json = new GrowingJson(facts, "details", file);
    json.begin();
    for (Object item : items) {
      json.add(item);
    }
    json.end();
    return file.toString(StandardCharsets.UTF_8);
  }

  private static String whole(Object facts) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    Json.pretty(facts, file);
    return file.toString(StandardCharsets.UTF_8);
  }

  @Test
  void hasTheBytesOfTheSameWrittenAtOnce() throws IOException {
    Item one = new Item(1, null, Double.NaN);
    Item two = new Item(2, 7, 0.5);
    assertThat(grown(facts(null, List.of("é.png")), one, two))
        .isEqualTo(whole(facts(List.of(one, two), List.of("é.png"))))
        .isEqualTo(
            """
            {
              "name": "x",
              "file": "net.onnx",
              "details": [
                {
                  "index": 1,
                  "predicted": null,
                  "loss": null
                },
                {
                  "index": 2,
                  "predicted": 7,
                  "loss": 0.5
                }
              ],
              "files": [
                "é.png"
              ]
            }
            """);
  }

  @Test
  void hasAnEmptyListWhereNothingIsAdded() throws IOException {
    assertThat(grown(facts(null, List.of()))).isEqualTo(whole(facts(List.of(), List.of())));
  }

  @Test
  void asksForWhatFollowsTheListAtTheEnd() throws IOException {
    List<String> known = new ArrayList<>(List.of("a"));
    List<String> files =
        new AbstractList<>() {
          @Override
          public String get(int i) {
            return known.get(i);
          }

          @Override
          public int size() {
            return known.size();
          }
        };
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    GrowingJson json = new GrowingJson(facts(null, files), "details", file);
    json.begin();
    known.add("b");
    json.end();
    assertThat(file.toString(StandardCharsets.UTF_8))
        .isEqualTo(whole(facts(List.of(), List.of("a", "b"))));
  }

  @Test
  void keepsNoItemThatIsWritten() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    GrowingJson json = new GrowingJson(facts(null, List.of()), "details", file);
    json.begin();
    json.add("x".repeat(20_000));
    assertThat(file.size()).isBetween(20_000 - BUFFERED, 20_100);
    json.add("x".repeat(20_000));
    assertThat(file.size()).isBetween(40_000 - BUFFERED, 40_100);
  }

  @Test
  void passesOnWhyAStreamTakesNoMore() throws IOException {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    GrowingJson json = new GrowingJson(facts(null, List.of()), "details", full);
    json.begin();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> json.add("x".repeat(20_000)))
        .withMessage("No space left on device");
  }
}
