package io.fmviz.pipeline.dead;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fmviz.ChannelsFixture;
import io.fmviz.Shared;
import io.fmviz.cli.Typed;
import io.fmviz.image.Colormap;
import io.fmviz.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The channels that are dead, on a small network and synthetic digits. */
class DeadPipelineTest {
  private static final String END = System.lineSeparator();

  /** Viridis' first colour. */
  private static final int NEVER = 0x440154;

  private static final List<Integer> DEAD_2 = List.of(12, 15, 16);
  @TempDir private Path folder;
  private Typed run;

  private int dead(String... options) {
    run =
        Typed.fmviz(
            folder,
            Stream.concat(
                    Stream.of(
                        "dead",
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

  /** A corner of a heat map's cell of 16 x 9 pixels, below lines of title. */
  private static int activity(BufferedImage picture, int titles, int digit, int channel) {
    return picture.getRGB(14 + 9 * channel, 8 + 12 * (titles + 1) + 16 * digit) & 0xffffff;
  }

  private static String[] with(String[] options, String option) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add(option);
    return all.toArray(String[]::new);
  }

  @Test
  void printsATableAndListsChannelsFrom0() {
    Path file = checkpoint(Map.of());
    assertThat(dead("--out=$DIR/dead", "--limit=300", "--layers=Conv2d_3,ReLU_1")).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .containsExactly(
            file + " on 300 test images of synthetic",
            "   layer  channels  dead  almost dead  always on",
            "  ReLU_1         2     1            0          1",
            "Conv2d_3         8     4            0          4",
            "the channels, counted from 0:",
            "ReLU_1 dead: 1",
            "Conv2d_3 dead: 0, 3, 6, 7",
            "pictures of every channel's activity by class: %s; look at %s"
                .formatted(folder.resolve("dead"), folder.resolve("dead/index.html")));
    assertThat(folder.resolve("dead/ReLU_1.png")).exists();
    assertThat(folder.resolve("dead/Conv2d_3.png")).exists();
    assertThat(folder.resolve("dead/manifest.json"))
        .content()
        .contains("\"command\": \"dead\"", "\"complete\": true", "\"limit\": 300");
  }

  @Test
  void listsWhatIsAlwaysOnForWhoAsksForAll() {
    checkpoint(Map.of());
    assertThat(dead("--out=$DIR/dead", "--limit=300", "--layers=ReLU_1", "--verbose")).isZero();
    assertThat(run.out())
        .contains("\nthe channels, counted from 0:\nReLU_1 dead: 1\nReLU_1 always on: 0\n");
  }

  @Test
  void printsEveryChannelIfAskedTo() {
    checkpoint(Map.of());
    String[] options = {"--json", "--below=0.9999", "--layers=ReLU_1,ReLU_2", "--out=$DIR/dead"};
    assertThat(dead(options)).isZero();
    JsonArray layers = json().getAsJsonArray("layers");
    List<String> expected = new ArrayList<>();
    for (var element : layers) {
      JsonObject layer = element.getAsJsonObject();
      for (int c = 0; c < layer.get("channels").getAsInt(); c++) {
        expected.add(
            String.format(
                Locale.ROOT,
                "%s %d %.4f %.2f %% %.2f %% %s",
                layer.get("layer").getAsString(),
                c,
                layer.getAsJsonArray("maximum").get(c).getAsDouble(),
                100 * layer.getAsJsonArray("imageShare").get(c).getAsDouble(),
                100 * layer.getAsJsonArray("pixelShare").get(c).getAsDouble(),
                state(layer, c)));
      }
    }
    options[0] = "--channels";
    assertThat(dead(options)).isZero();
    List<String> rows =
        run.out().lines().skip(4).limit(7).map(line -> line.strip().replaceAll(" +", " ")).toList();
    assertThat(rows.get(0)).isEqualTo("layer channel maximum of images of pixels state");
    assertThat(rows.subList(1, 7)).isEqualTo(expected);
    assertThat(expected.get(0)).endsWith(" always on");
    assertThat(expected.get(1)).isEqualTo("ReLU_1 1 0.0000 0.00 % 0.00 % dead");
    assertThat(expected.get(5)).startsWith("ReLU_2 3 ").endsWith(" almost dead");
  }

  private static String state(JsonObject layer, int channel) {
    return Map.of("dead", "dead", "almostDead", "almost dead", "alwaysOn", "always on")
        .entrySet()
        .stream()
        .filter(state -> integers(layer, state.getKey()).contains(channel))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("active");
  }

  @Test
  void drawsEachClassInTheColourOfItsShare() throws IOException {
    checkpoint(Map.of());
    assertThat(dead("--json", "--out=$DIR/dead", "--limit=300", "--layers=ReLU_1")).isZero();
    double[][] share =
        new Gson()
            .fromJson(
                json().getAsJsonArray("layers").get(0).getAsJsonObject().get("classPixelShare"),
                double[][].class);
    BufferedImage picture = picture("dead/ReLU_1.png");
    for (int channel = 0; channel < 2; channel++) {
      for (int digit = 0; digit < 10; digit++) {
        RgbImage color =
            Colormap.VIRIDIS.paint(new float[] {(float) share[channel][digit]}, 0, 1, 1);
        assertThat(activity(picture, 4, digit, channel)).isEqualTo(color.pixel(0, 0));
      }
    }
    assertThat(activity(picture, 4, 0, 1)).isEqualTo(NEVER);
    assertThat(activity(picture, 4, 0, 0)).isNotEqualTo(NEVER);
  }

  /** A class of no images is another thing than a class for which a channel is dead. */
  @Test
  void drawsAClassWithoutImagesInGrey() throws IOException {
    checkpoint(Map.of());
    assertThat(dead("--out=$DIR/dead", "--limit=2", "--layers=ReLU_1")).isZero();
    BufferedImage picture = picture("dead/ReLU_1.png");
    // One line of title more, which says so.
    assertThat(activity(picture, 5, 0, 1)).isEqualTo(NEVER);
    assertThat(activity(picture, 5, 9, 0)).isEqualTo(0xc0c0c0);
    assertThat(activity(picture, 5, 9, 1)).isEqualTo(0xc0c0c0);
  }

  @Test
  void givesEveryNumberAsJson() {
    checkpoint(Map.of());
    assertThat(dead("--json", "--out=$DIR/dead", "--limit=100", "--split=train")).isZero();
    JsonObject result = json();
    assertThat(result.get("split").getAsString()).isEqualTo("train");
    assertThat(result.get("images").getAsInt()).isEqualTo(100);
    JsonArray layers = result.getAsJsonArray("layers");
    List<String> names = new ArrayList<>();
    for (var element : layers) {
      JsonObject layer = element.getAsJsonObject();
      names.add(layer.get("layer").getAsString());
      int channels = layer.get("channels").getAsInt();
      for (String array : List.of("maximum", "minimum", "mean", "imageShare", "pixelShare")) {
        assertThat(layer.getAsJsonArray(array)).hasSize(channels);
      }
      for (int channel : integers(layer, "dead")) {
        assertThat(layer.getAsJsonArray("maximum").get(channel).getAsDouble()).isNotPositive();
      }
    }
    assertThat(names)
        .containsExactly("Conv2d_1", "ReLU_1", "Conv2d_2", "ReLU_2", "Conv2d_3", "ReLU_3");
    assertThat(integers(layers.get(2).getAsJsonObject(), "dead")).containsExactly(0, 2);
  }

  @Test
  void failsAboveTheAllowedPercentageButStillGivesItsResult() {
    checkpoint(Map.of());
    String[] options = {"--json", "--limit=100", "--layers=ReLU_2,MaxPool2d_2", "--out=$DIR/dead"};
    assertThat(dead(with(options, "--fail-on-dead=50"))).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(json().has("failure")).isFalse();
    assertThat(dead(with(options, "--fail-on-dead=49.5"))).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "fmviz: more than the allowed 49.5 % of a layer are dead: ReLU_2 has 2 dead channels"
                + " of 4 (50.0 %), MaxPool2d_2 has 2 dead channels of 4 (50.0 %)"
                + END);
    assertThat(json().get("failure").getAsString()).startsWith("more than the allowed");
  }

  @Test
  void refusesUnknownLayersAndWritesNothing() {
    checkpoint(Map.of());
    assertThat(dead("--layers=Conv2d_4", "--out=$DIR/dead")).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("fmviz: --layers: there is no layer Conv2d_4; there are Conv2d_1, ReLU_1, ")
        .hasLineCount(1);
    assertThat(folder.resolve("dead")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--below=1.5|--below must be from 0 to 1, not 1.5 (see fmviz dead --help)",
        "--below=NaN|--below must be from 0 to 1, not NaN (see fmviz dead --help)",
        "--limit=0|--limit must be at least 1, not 0 (see fmviz dead --help)",
        "--fail-on-dead=101|--fail-on-dead must be from 0 to 100, not 101.0 (see fmviz dead"
            + " --help)",
      })
  void refusesWrongUsage(String option, String message) {
    assertThat(dead(option)).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("fmviz: " + message + END);
  }

  @ParameterizedTest
  @CsvSource({"--split=half, --split", "--layers=, --layers"})
  void namesTheWrongOption(String arguments, String option) {
    assertThat(dead(arguments)).isEqualTo(2);
    assertThat(run.err()).startsWith("fmviz: ").contains(option).hasLineCount(1);
  }

  @Test
  @EnabledIfEnvironmentVariable(
      named = Shared.VARIABLE,
      matches = ".+",
      disabledReason = Shared.ABSENT)
  void findsTheReferencesDeadChannels() {
    JsonObject result =
        Typed.fmviz(
                "dead --json --layers=*_2,*_3 --checkpoint=%s --data=%s --out=%s"
                    .formatted(Shared.reference("epoch_0.safetensors"), Shared.mnist(), folder))
            .json();
    assertThat(result.get("images").getAsInt()).isEqualTo(10_000);
    Map<String, List<Integer>> dead = new LinkedHashMap<>();
    for (JsonElement element : result.getAsJsonArray("layers")) {
      JsonObject layer = element.getAsJsonObject();
      dead.put(layer.get("layer").getAsString(), integers(layer, "dead"));
    }
    assertThat(dead)
        .containsExactly(
            Map.entry("Conv2d_2", DEAD_2),
            Map.entry("ReLU_2", DEAD_2),
            Map.entry("MaxPool2d_2", DEAD_2),
            Map.entry("Conv2d_3", Shared.DEAD_3),
            Map.entry("ReLU_3", Shared.DEAD_3));
    assertThat(Shared.DEAD_3).hasSize(36);
  }
}
