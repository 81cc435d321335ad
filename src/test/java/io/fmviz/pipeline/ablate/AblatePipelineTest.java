package io.fmviz.pipeline.ablate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fmviz.ChannelsFixture;
import io.fmviz.Shared;
import io.fmviz.cli.Typed;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a small network answers without a channel, on synthetic digits. */
class AblatePipelineTest {
  private static final String END = System.lineSeparator();

  @TempDir private Path folder;
  private Typed run;

  private int ablate(String... options) {
    run =
        Typed.fmviz(
            folder,
            Stream.concat(
                    Stream.of(
                        "ablate",
                        "--quiet",
                        "--dataset=synthetic",
                        "--threads=1",
                        "--model-dir=$DIR"),
                    Arrays.stream(options))
                .toArray(String[]::new));
    return run.exit();
  }

  private JsonObject json() {
    assertThat(run.out()).endsWith("}" + END).hasLineCount(1);
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  private Path checkpoint(Map<String, String> metadata) {
    return ChannelsFixture.writeCheckpoint(
        folder.resolve("epoch_0.safetensors"), ChannelsFixture.weights("weights."), metadata);
  }

  private static List<Integer> integers(JsonObject parent, String name) {
    return List.of(new Gson().fromJson(parent.get(name), Integer[].class));
  }

  private BufferedImage picture(String file) throws IOException {
    return ImageIO.read(folder.resolve(file).toFile());
  }

  @Test
  void looksAtTheFirstImageByDefault() {
    checkpoint(Map.of());
    assertThat(ablate("--out=$DIR/ablate", "--json")).isZero();
    assertThat(run.err()).isEmpty();
    JsonObject result = json();
    assertThat(result.has("samples")).isFalse();
    JsonObject image = result.getAsJsonObject("image");
    assertThat(image.get("index").getAsInt()).isEqualTo(1);
    assertThat(image.get("label").getAsInt()).isZero();
    JsonArray layers = image.getAsJsonArray("layers");
    assertThat(layers).hasSize(3);
    JsonObject relu2 = layers.get(1).getAsJsonObject();
    assertThat(relu2.get("layer").getAsString()).isEqualTo("ReLU_2");
    double[] change = new Gson().fromJson(relu2.get("change"), double[].class);
    assertThat(change).hasSize(4);
    // The fixture's channels 0 and 2 are dead: without them nothing changes.
    assertThat(change[0]).isZero();
    assertThat(change[2]).isZero();
    assertThat(change[1]).isNotZero();
    assertThat(integers(relu2, "predicted")).hasSize(4);
    for (String layer : List.of("ReLU_1", "ReLU_2", "ReLU_3")) {
      assertThat(folder.resolve("ablate/1-0/" + layer + ".png")).exists();
    }
    assertThat(folder.resolve("ablate/manifest.json"))
        .content()
        .contains("\"command\": \"ablate\"", "\"index\": 1");
  }

  @Test
  void framesTheMapsThatDecide() throws IOException {
    checkpoint(Map.of());
    assertThat(ablate("--out=$DIR/ablate", "--json", "--index=3", "--layers=Conv2d_3")).isZero();
    JsonObject image = json().getAsJsonObject("image");
    int predicted = image.get("predicted").getAsInt();
    List<Integer> without =
        integers(image.getAsJsonArray("layers").get(0).getAsJsonObject(), "predicted");
    boolean framed = without.stream().anyMatch(p -> p != predicted);
    BufferedImage picture =
        picture("ablate/3-%d/Conv2d_3.png".formatted(image.get("label").getAsInt()));
    // Eight maps of 56 pixels in a row, below four lines of title and their captions.
    int top = 4 * 12 + 2 + 10 + (framed ? 2 : 0);
    assertThat(picture.getHeight()).isEqualTo(top + 56 + 4);
    for (int channel = 0; channel < 8; channel++) {
      int corner = picture.getRGB(4 + 60 * channel - 2, top - 2) & 0xffffff;
      assertThat(corner).isEqualTo(without.get(channel) == predicted ? 0xffffff : 0xff2020);
    }
  }

  @Test
  void printsTheMostValuableMapsOfOneImageAndOfMany() throws IOException {
    checkpoint(Map.of());
    String[] options = {
      "--index=4", "--samples=150", "--layers=Conv2d_3,MaxPool2d_2", "--out=$DIR/ablate"
    };
    assertThat(ablate(options)).isZero();
    assertThat(run.err()).isEmpty();
    List<String> lines = run.out().lines().toList();
    assertThat(lines.get(0))
        .matches("image 4 of synthetic \\(a \\d\\): predicted \\d with logit .*");
    assertThat(lines)
        .contains("      layer  channel  logit change  predicted")
        .contains("150 test images of synthetic: accuracy 12.67 % (19 right)")
        .anyMatch(line -> line.matches("MaxPool2d_2 +1 +12.67 % +0.00 +0 +[-+]0.\\d{3}"))
        .noneMatch(line -> line.contains("-0.000 "))
        .contains("MaxPool2d_2: 4 of 4 channels change no prediction")
        .contains("Conv2d_3: 8 of 8 channels change no prediction")
        .endsWith(
            "pictures: %s; look at %s"
                .formatted(folder.resolve("ablate"), folder.resolve("ablate/index.html")));
    assertThat(folder.resolve("ablate/accuracy-MaxPool2d_2.png")).exists();
    assertThat(folder.resolve("ablate/accuracy-Conv2d_3.png")).exists();
    BufferedImage bars = picture("ablate/accuracy-MaxPool2d_2.png");
    // Three lines of title, four bars of no length at a line.
    assertThat(bars.getHeight()).isEqualTo(8 + 3 * 12 + 4 * 12 + 4);
    assertThat(bars.getRGB(14, 44) & 0xffffff).isZero();
    assertThat(bars.getRGB(15, 44 + 5) & 0xffffff).isEqualTo(0xffffff);
    assertThat(folder.resolve("ablate")).isDirectoryContaining("glob:**/4-*");
  }

  @Test
  void takesAllImagesWhereFewerAreThereThanMayBeTaken() {
    checkpoint(Map.of());
    assertThat(ablate("--samples=2001", "--layers=Ada*", "--out=$DIR/a", "--json")).isZero();
    assertThat(json().getAsJsonObject("samples").get("imageCount").getAsInt()).isEqualTo(2000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--index=2001|--index 2001 asks for image 2001, but synthetic has 2,000 test images: give a"
            + " number from 1 to 2,000",
        "--layers=Linear|--layers Linear: no layer of these has maps; those with maps are Conv2d_1,"
            + " ReLU_1, MaxPool2d_1, Conv2d_2, ReLU_2, MaxPool2d_2, Conv2d_3, ReLU_3,"
            + " AdaptiveAvgPool2d_1",
      })
  void refusesWhatIsNotThere(String option, String message) {
    checkpoint(Map.of());
    assertThat(ablate(option, "--out=$DIR/ablate")).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("fmviz: " + message + " (see fmviz ablate --help)" + END);
    assertThat(folder.resolve("ablate")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--index=0|--index must be at least 1, not 0 (see fmviz ablate --help)",
        "--samples=0|--samples must be at least 1, not 0 (see fmviz ablate --help)",
      })
  void refusesWrongUsage(String option, String message) {
    assertThat(ablate(option)).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("fmviz: " + message + END);
  }

  /** The numbers are PyTorch's, of the same weights and images. */
  @Test
  @EnabledIfEnvironmentVariable(
      named = Shared.VARIABLE,
      matches = ".+",
      disabledReason = Shared.ABSENT)
  void findsWhatTheReferencesMapsAreWorth() {
    JsonObject result =
        Typed.fmviz(
                "ablate --json --index=1 --samples=1000 --layers=ReLU_3 --checkpoint=%s --data=%s --out=%s"
                    .formatted(Shared.reference("epoch_0.safetensors"), Shared.mnist(), folder))
            .json();
    JsonObject image = result.getAsJsonObject("image");
    assertThat(image.get("predicted").getAsInt()).isEqualTo(7);
    assertThat(image.get("logit").getAsDouble()).isCloseTo(11.6566, within(1e-3));
    JsonObject layer = image.getAsJsonArray("layers").get(0).getAsJsonObject();
    JsonArray change = layer.getAsJsonArray("change");
    assertThat(change.get(95).getAsDouble()).isCloseTo(-3.028636, within(1e-4));
    assertThat(change.get(33).getAsDouble()).isCloseTo(1.145270, within(1e-4));
    Shared.DEAD_3.forEach(channel -> assertThat(change.get(channel).getAsDouble()).isZero());
    JsonObject samples = result.getAsJsonObject("samples");
    assertThat(samples.get("correct").getAsInt()).isEqualTo(918);
    JsonObject worth = samples.getAsJsonArray("layers").get(0).getAsJsonObject();
    double[] accuracy = new Gson().fromJson(worth.get("accuracy"), double[].class);
    assertThat(accuracy[13]).isCloseTo(0.855, within(0.001));
    assertThat(accuracy[33]).isCloseTo(0.884, within(0.001));
    List<Integer> changed = integers(worth, "predictionsChanged");
    assertThat(changed.get(13)).isCloseTo(78, within(1));
    assertThat(changed.get(33)).isCloseTo(59, within(1));
    double[] mean = new Gson().fromJson(worth.get("meanLogitChange"), double[].class);
    assertThat(mean[13]).isCloseTo(-0.121397, within(1e-4));
  }
}
