package io.fmviz.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  private static String listing(String file) {
    return "{\"fmviz\":\"0\",\"command\":\"x\",\"files\":[" + file + "]}";
  }

  private static List<String> filesOf(String text) throws IOException {
    return Manifest.filesOf(new StringReader(text));
  }

  private static boolean isManifest(String text) throws IOException {
    return Manifest.isManifest(new StringReader(text));
  }

  @Test
  void listsTheFilesOfWhatItWrote() throws IOException {
    List<String> files = List.of("1-7/Conv2d_1.png", "2-0/ReLU_3.npy", "Conv2d_2.gif");
    String text =
        Json.line(
            new Manifest(
                "1",
                "visualize",
                true,
                new Manifest.NetworkFacts(
                    new Manifest.CheckpointFacts("f", "00", Map.of(), null, null, null), null),
                new Manifest.DatasetFacts("mnist", "test", null),
                Map.of("nrow", 8),
                null,
                files));
    assertThat(isManifest(text)).isTrue();
    assertThat(filesOf(text)).isEqualTo(files);
  }

  @Test
  void listsTheFilesOfTheRunBeforeWhileTheyAreRemoved() throws IOException {
    Manifest planned =
        new Manifest("1", "dead", false, null, null, Map.of(), null, List.of("ReLU_1.png"));
    String text = Json.line(planned.after(List.of("1-7/Conv2d_1.png", "index.html")));
    assertThat(text)
        .isEqualTo(
            "{\"fmviz\":\"1\",\"command\":\"dead\",\"complete\":false,\"options\":{},"
                + "\"earlier\":[\"1-7/Conv2d_1.png\",\"index.html\"],\"files\":[\"ReLU_1.png\"]}");
    assertThat(filesOf(text)).containsExactly("1-7/Conv2d_1.png", "index.html", "ReLU_1.png");
    assertThat(Manifest.lists("index.html", new StringReader(text))).isTrue();
    assertThat(Manifest.lists("Conv2d_1.png", new StringReader(text))).isFalse();
    assertThat(Manifest.lists("index.html", new StringReader("{\"files\":[\"index.html\"]}")))
        .isFalse();
  }

  @Test
  void listsNoFileThatTheNextRunWouldNotRemove() {
    List<String> files = List.of("../x.png");
    assertThatThrownBy(
            () -> new Manifest("1", "visualize", true, null, null, Map.of(), null, files))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("../x.png is no name of a file of fmviz's");
  }

  @Test
  void takesLettersOfAllScripts() throws IOException {
    String file = "image_1-\u5496\u5561_caf\u00e9_\ud83d\udc31/Conv2d_1.png";
    assertThat(filesOf(listing("\"" + file + "\""))).containsExactly(file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a\u202ex/Conv2d_1.png\"",
        "\"a\u2028x/Conv2d_1.png\"",
        "\"a\u0085x/Conv2d_1.png\"",
        "\"a\ud800x/Conv2d_1.png\"",
        "\"\u5496/Conv2d_1.png\"",
        "\"../1-7/Conv2d_1.png\"",
        "\"/1-7/Conv2d_1.png\"",
        "\"1-7/../../x_1.png\"",
        "\"1-7\\\\Conv2d_1.png\"",
        "\"1-7/2-2/Conv2d_1.png\"",
        "\".hidden/Conv2d_1.png\"",
        "\".png\"",
        "\"notes.txt\"",
        "\"manifest.json\"",
        "\"1-7/Conv2d_1.png\\n\"",
        "\"\"",
        "7",
        "null",
        "[\"1-7/Conv2d_1.png\"]",
        "{}"
      })
  void takesNoOtherNameForAFile(String file) throws IOException {
    assertThat(filesOf(listing("\"1-7/Conv2d_1.png\""))).hasSize(1);
    assertThat(filesOf(listing(file))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "7",
        "{\"files\":[\"x.png\"]}",
        "{\"fmviz\":\"0\",\"files\":[\"x.png\"]}",
        "{\"command\":\"x\",\"files\":[\"x.png\"]}",
        "{\"fmviz\":\"0\",\"command\":\"x\",\"files\":\"x.png\"}",
        "{\"fmviz\":\"0\",\"command\":\"x\",\"files\":[\"x.png\"]",
        "{\"fmviz\":\"0\",\"command\":\"x\",\"files\":[\"x.png\"],\"details\":{]}}",
        "{\"fmviz\":\"0\",\"command\":\"x\",\"files\":[\"x.png\"]} {}",
        "\u0000"
      })
  void findsNothingInWhatIsNoManifest(String text) throws IOException {
    assertThat(filesOf(text)).isEmpty();
    assertThat(isManifest(text)).isFalse();
  }

  /** What the network answered to 10,000 images is a hundred times as much as the names. */
  @Test
  void holdsNothingOfTheDetails() throws IOException {
    long[] left = {40_000_000};
    Reader endless =
        new Reader() {
          private final Reader head =
              new StringReader("{\"fmviz\":\"0\",\"command\":\"x\",\"files\":[],\"details\":[");
          private final Reader tail = new StringReader("0]}");

          @Override
          public int read(char[] buffer, int from, int length) throws IOException {
            int read = head.read(buffer, from, length);
            if (read >= 0) {
              return read;
            }
            if (left[0] <= 0) {
              return tail.read(buffer, from, length);
            }
            for (int i = 0; i < length; i++) {
              buffer[from + i] = left[0]-- % 2 == 0 ? '1' : ',';
            }
            return length;
          }

          @Override
          public void close() {}
        };
    assertThat(Manifest.isManifest(endless)).isTrue();
  }

  @Test
  void findsNothingInADeepNest() throws IOException {
    assertThat(filesOf("[".repeat(1_000_000))).isEmpty();
    assertThat(filesOf("{\"files\":".repeat(100_000))).isEmpty();
  }
}
