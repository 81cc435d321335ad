package io.fmviz.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  private static String listing(String file) {
    return "{\"samples\":[{\"pictures\":[{\"file\":" + file + "}]}]}";
  }

  @Test
  void listsThePicturesOfWhatItWrote() {
    Manifest.Picture first =
        new Manifest.Picture("1-7/Conv2d_1.png", "Conv2d_1", new long[] {1, 2, 3, 4}, 0.0, 1.0, .5);
    Manifest.Picture second = new Manifest.Picture("2-0/ReLU_3.png", null, null, null, null, null);
    Manifest manifest =
        new Manifest(
            "1",
            true,
            new Manifest.CheckpointFacts("f", "00", Map.of()),
            new Manifest.DatasetFacts("mnist", "test", null),
            Map.of("nrow", 8),
            List.of(
                new Manifest.Sample(1, 7, 7, List.of(first)),
                new Manifest.Sample(2, 0, null, List.of(second))));
    assertThat(Manifest.pictureFiles(Json.pretty(manifest)))
        .containsExactly("1-7/Conv2d_1.png", "2-0/ReLU_3.png");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"../1-7/Conv2d_1.png\"",
        "\"/1-7/Conv2d_1.png\"",
        "\"1-7/../../x_1.png\"",
        "\"1-7\\\\Conv2d_1.png\"",
        "\"notes.txt\"",
        "\"manifest.json\"",
        "\"1-7/Conv2d_1.png\\n\"",
        "\"\"",
        "7",
        "null",
        "[\"1-7/Conv2d_1.png\"]",
        "{}"
      })
  void takesNoOtherNameForAPicture(String file) {
    assertThat(Manifest.pictureFiles(listing("\"1-7/Conv2d_1.png\""))).hasSize(1);
    assertThat(Manifest.pictureFiles(listing(file))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "7",
        "{\"samples\":7}",
        "{\"samples\":[7, null, [], {}]}",
        "{\"samples\":[{\"pictures\":{}}]}",
        "{\"samples\":[{\"pictures\":[7]}]}",
        "\u0000"
      })
  void findsNothingInWhatIsNoManifest(String text) {
    assertThat(Manifest.pictureFiles(text)).isEmpty();
  }

  @Test
  void findsNothingInADeepNest() {
    assertThat(Manifest.pictureFiles("[".repeat(1_000_000))).isEmpty();
    assertThat(Manifest.pictureFiles("{\"samples\":".repeat(100_000))).isEmpty();
  }
}
