package io.fmviz.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  private static String listing(String file) {
    return "{\"fmviz\":\"0\",\"command\":\"x\",\"files\":[" + file + "]}";
  }

  @Test
  void listsTheFilesOfWhatItWrote() {
    List<String> files = List.of("1-7/Conv2d_1.png", "2-0/ReLU_3.npy", "Conv2d_2.gif");
    String text =
        Json.line(
            new Manifest(
                "1",
                "visualize",
                true,
                new Manifest.CheckpointFacts("f", "00", Map.of(), null),
                new Manifest.DatasetFacts("mnist", "test", null),
                Map.of("nrow", 8),
                files,
                null));
    assertThat(Manifest.isManifest(text)).isTrue();
    assertThat(Manifest.filesOf(text)).isEqualTo(files);
  }

  @Test
  void listsNoFileThatTheNextRunWouldNotRemove() {
    List<String> files = List.of("../x.png");
    assertThatThrownBy(
            () -> new Manifest("1", "visualize", true, null, null, Map.of(), files, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("../x.png is no name of a file of fmviz's");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
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
  void takesNoOtherNameForAFile(String file) {
    assertThat(Manifest.filesOf(listing("\"1-7/Conv2d_1.png\""))).hasSize(1);
    assertThat(Manifest.filesOf(listing(file))).isEmpty();
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
        "\u0000"
      })
  void findsNothingInWhatIsNoManifest(String text) {
    assertThat(Manifest.filesOf(text)).isEmpty();
    assertThat(Manifest.isManifest(text)).isFalse();
  }

  @Test
  void findsNothingInADeepNest() {
    assertThat(Manifest.filesOf("[".repeat(1_000_000))).isEmpty();
    assertThat(Manifest.filesOf("{\"files\":".repeat(100_000))).isEmpty();
  }
}
