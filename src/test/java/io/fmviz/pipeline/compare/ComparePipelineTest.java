package io.fmviz.pipeline.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.fmviz.Shared;
import io.fmviz.SmallNetwork;
import io.fmviz.cli.Typed;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparePipelineTest {
  private static final int RED = 0xff2020;

  @TempDir private Path folder;
  private Path out;
  private Path checkpoint;

  @BeforeEach
  void makeACheckpoint() {
    out = folder.resolve("out");
    checkpoint = SmallNetwork.checkpoint(folder, "small", "before.");
  }

  private Typed compare(String options) {
    return Typed.fmviz(
        "compare --dataset synthetic --checkpoint %s --out %s %s"
            .formatted(checkpoint, out, options));
  }

  private BufferedImage picture(String name) throws IOException {
    return ImageIO.read(out.resolve(name).toFile());
  }

  @Test
  void makesASheetForEachLayerWithARowForEachImage() throws IOException {
    JsonObject result = compare("--json --index 1,5,9 --layers ReLU_1,ReLU_2").json();
    assertThat(SmallNetwork.files(out))
        .containsExactly("ReLU_1.png", "ReLU_2.png", "index.html", "manifest.json");
    assertThat(result.getAsJsonArray("samples")).hasSize(3);
    assertThat(result.getAsJsonArray("samples").get(1).getAsJsonObject().get("index").getAsInt())
        .isEqualTo(5);
    // Two lines of title, numbers, and rows of 28 pixels, twice as large, with gaps of 4.
    assertThat(picture("ReLU_1.png").getHeight()).isEqualTo(24 + 8 + 2 + 4 + 3 * (56 + 4));
    assertThat(picture("ReLU_2.png").getHeight()).isEqualTo(24 + 8 + 2 + 4 + 3 * (28 + 4));
    JsonObject manifest = SmallNetwork.manifest(out);
    assertThat(manifest.getAsJsonObject("details").getAsJsonArray("layers"))
        .isEqualTo(result.getAsJsonArray("layers"));
  }

  @Test
  void framesTheChannelsThatAreDeadOnAllTestImages() throws IOException {
    JsonObject dead =
        Typed.fmviz(
                "dead --json --dataset synthetic --layers ReLU_3 --checkpoint %s --out %s"
                    .formatted(checkpoint, folder.resolve("dead")))
            .json();
    JsonObject result = compare("--json --samples 2 --layers ReLU_3").json();
    JsonObject sheet = result.getAsJsonArray("layers").get(0).getAsJsonObject();
    JsonArray expected =
        dead.getAsJsonArray("layers").get(0).getAsJsonObject().getAsJsonArray("dead");
    assertThat(expected).isNotEmpty();
    assertThat(sheet.getAsJsonArray("dead")).isEqualTo(expected);
    BufferedImage picture = picture("ReLU_3.png");
    // Maps of 14 pixels in the middle of rows of 28, as high as the image, with gaps of 4.
    int left = 4 + 6 * longestLabel(result.getAsJsonArray("samples")) + 2 + (28 + 4);
    int top = 24 + 8 + 2 + 4 + 7;
    for (int row = 0; row < 2; row++) {
      for (int c = 0; c < 8; c++) {
        int corner = picture.getRGB(left + c * 18 - 2, top + row * 32 - 2) & 0xffffff;
        assertThat(corner == RED).isEqualTo(expected.contains(new JsonPrimitive(c)));
      }
    }
    assertThat(red(picture)).isEqualTo(2 * expected.size() * (18 * 18 - 14 * 14));
    compare("--samples 2 --layers ReLU_1");
    assertThat(red(picture("ReLU_1.png"))).isZero();
  }

  /** Rows are called {@code 1-7}, or {@code 1-7 as 2} where the prediction is wrong. */
  private static int longestLabel(JsonArray samples) {
    int longest = 0;
    for (var element : samples) {
      JsonObject sample = element.getAsJsonObject();
      boolean right = sample.get("label").equals(sample.get("predicted"));
      longest = Math.max(longest, right ? 3 : 8);
    }
    return longest;
  }

  private static int red(BufferedImage image) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += (image.getRGB(x, y) & 0xffffff) == RED ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void sortsTheMostActiveChannelsToTheFront() {
    JsonObject sheet =
        compare("--json --samples 3 --layers Conv2d_3 --sort activity")
            .json()
            .getAsJsonArray("layers")
            .get(0)
            .getAsJsonObject();
    JsonArray means = sheet.getAsJsonArray("means");
    for (int i = 1; i < means.size(); i++) {
      assertThat(means.get(i).getAsDouble()).isLessThanOrEqualTo(means.get(i - 1).getAsDouble());
    }
    assertThat(sheet.getAsJsonArray("columns")).hasSize(8).doesNotHaveDuplicates();
    assertThat(sheet.getAsJsonArray("columns").toString()).isNotEqualTo("[0,1,2,3,4,5,6,7]");
  }

  /** Four channels of 448 pixels don't fit in a row beside the image, two do. */
  @Test
  void breaksTheColumnsOfAWideSheet() throws IOException {
    assertThat(compare("--samples 2 --layers Conv2d_2 --scale 32 --padding 1").exit()).isZero();
    BufferedImage sheet = picture("Conv2d_2.png");
    int row = 448 + 32;
    assertThat(sheet.getWidth()).isBetween(3 * row, 4 * row);
    // Titles, and over each part its heads, the second one a bit apart.
    assertThat(sheet.getHeight()).isEqualTo(24 + 2 * (8 + 2) + 10 + 4 * row + 32);
    assertThat(compare("--samples 2 --layers Conv2d_2 --scale 16 --padding 1").exit()).isZero();
    sheet = picture("Conv2d_2.png");
    assertThat(sheet.getHeight()).isEqualTo(24 + 8 + 2 + 2 * (224 + 16) + 16);
  }

  @Test
  void refusesASheetThatNoMemoryHolds() {
    Typed run = compare("--quiet --samples 256 --scale 32 --layers ReLU_1");
    assertThat(run.exit()).isEqualTo(2);
    // Rows of 896 pixels with gaps of 64, one of the two channels in each of two parts.
    assertThat(run.err())
        .isEqualTo(
            "fmviz: a picture would be 2,046 pixels wide and 491,638 high, more than fmviz draws: take a smaller --scale or --padding, or fewer images (see fmviz compare --help)%n"
                .formatted());
    assertThat(out).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--samples 300|2|a sheet of 300 rows would be too high: choose at most 256 images with --samples (see fmviz compare --help)",
        "--layers Linear|2|--layers Linear: no layer of these has maps; those with maps are Conv2d_1,"
            + " ReLU_1, MaxPool2d_1, Conv2d_2, ReLU_2, MaxPool2d_2, Conv2d_3, ReLU_3,"
            + " AdaptiveAvgPool2d_1 (see fmviz compare --help)",
        "--sort size|2|Invalid value for option '--sort': 'size' is none of channel, activity (see"
            + " fmviz compare --help)"
      })
  void saysInOneLineWhatIsWrong(String options, int exit, String message) {
    Typed run = compare(options);
    assertThat(run.exit()).isEqualTo(exit);
    assertThat(run.err().lines().filter(line -> line.startsWith("fmviz:")))
        .containsExactly("fmviz: " + message);
    assertThat(out).doesNotExist();
  }

  @Test
  @EnabledIfEnvironmentVariable(
      named = Shared.VARIABLE,
      matches = ".+",
      disabledReason = Shared.ABSENT)
  void findsTheReferencesDeadChannelsOnMnist() {
    JsonObject sheet =
        Typed.fmviz(
                "compare --json --layers ReLU_2 --class 4 --samples 2 --checkpoint %s --data %s --out %s"
                    .formatted(Shared.reference("epoch_0.safetensors"), Shared.mnist(), out))
            .json()
            .getAsJsonArray("layers")
            .get(0)
            .getAsJsonObject();
    assertThat(sheet.getAsJsonArray("dead").toString()).isEqualTo("[12,15,16]");
  }
}
