package io.fmviz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fmviz.ChannelsFixture;
import io.fmviz.base.Sha256;
import io.fmviz.image.Colormap;
import io.fmviz.image.RgbImage;
import io.fmviz.network.torch.ClassifierWidths;
import io.fmviz.network.torch.SavedClassifier;
import io.fmviz.network.torch.Topology;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code dead}, {@code prune} and {@code ablate} on a small network and synthetic digits. */
class ChannelCommandsTest {
  private static final String END = System.lineSeparator();

  /** Viridis' first colour. */
  private static final int NEVER = 0x440154;

  @TempDir private Path folder;
  private String out;
  private String err;

  private int fmviz(String command, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command, "--quiet", "--dataset=synthetic"));
    arguments.addAll(List.of("--threads=1", "--model-dir=" + folder));
    if (command.equals("prune")) {
      arguments.add("--out=" + folder.resolve("prune"));
    }
    for (String option : options) {
      arguments.add(option.replace("$DIR", folder.toString()));
    }
    Typed run = Typed.fmviz(String.join(" ", arguments));
    out = run.out();
    err = run.err();
    return run.exit();
  }

  private JsonObject json() {
    assertThat(out).endsWith("}" + END).hasLineCount(1);
    return JsonParser.parseString(out).getAsJsonObject();
  }

  private static List<Integer> integers(JsonObject parent, String name) {
    return List.of(new Gson().fromJson(parent.get(name), Integer[].class));
  }

  private Path checkpoint(Map<String, String> metadata) {
    return ChannelsFixture.writeCheckpoint(
        folder.resolve("epoch_0.safetensors"), ChannelsFixture.weights("weights."), metadata);
  }

  @Test
  void deadPrintsATableAndListsChannelsFrom0() {
    Path file = checkpoint(Map.of());
    assertThat(fmviz("dead", "--out=$DIR/dead", "--limit=300", "--layers=Conv2d_3,ReLU_1"))
        .isZero();
    assertThat(err).isEmpty();
    assertThat(out.lines())
        .containsExactly(
            file + " on 300 test images of synthetic",
            "   layer  channels  dead  almost dead  always on",
            "  ReLU_1         2     1            0          1",
            "Conv2d_3         8     4            0          4",
            "the channels, counted from 0:",
            "ReLU_1 dead: 1",
            "ReLU_1 always on: 0",
            "Conv2d_3 dead: 0, 3, 6, 7",
            "Conv2d_3 always on: 1, 2, 4, 5",
            "pictures of every channel's activity by class: %s; look at %s"
                .formatted(folder.resolve("dead"), folder.resolve("dead/index.html")));
    assertThat(folder.resolve("dead/ReLU_1.png")).exists();
    assertThat(folder.resolve("dead/Conv2d_3.png")).exists();
    assertThat(folder.resolve("dead/manifest.json"))
        .content()
        .contains("\"command\": \"dead\"", "\"complete\": true", "\"limit\": 300");
  }

  @Test
  void deadPrintsEveryChannelIfAskedTo() {
    checkpoint(Map.of());
    String[] options = {"--json", "--below=0.9999", "--layers=ReLU_1,ReLU_2", "--out=$DIR/dead"};
    assertThat(fmviz("dead", options)).isZero();
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
    assertThat(fmviz("dead", options)).isZero();
    List<String> rows =
        out.lines().skip(4).limit(7).map(line -> line.strip().replaceAll(" +", " ")).toList();
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
  void deadDrawsEachClassInTheColourOfItsShare() throws IOException {
    checkpoint(Map.of());
    assertThat(fmviz("dead", "--json", "--out=$DIR/dead", "--limit=300", "--layers=ReLU_1"))
        .isZero();
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
  void deadDrawsAClassWithoutImagesInGrey() throws IOException {
    checkpoint(Map.of());
    assertThat(fmviz("dead", "--out=$DIR/dead", "--limit=2", "--layers=ReLU_1")).isZero();
    BufferedImage picture = picture("dead/ReLU_1.png");
    // One line of title more, which says so.
    assertThat(activity(picture, 5, 0, 1)).isEqualTo(NEVER);
    assertThat(activity(picture, 5, 9, 0)).isEqualTo(0xc0c0c0);
    assertThat(activity(picture, 5, 9, 1)).isEqualTo(0xc0c0c0);
  }

  private BufferedImage picture(String file) throws IOException {
    return ImageIO.read(folder.resolve(file).toFile());
  }

  /** A corner of a heat map's cell of 16 x 9 pixels, below lines of title. */
  private static int activity(BufferedImage picture, int titles, int digit, int channel) {
    return picture.getRGB(14 + 9 * channel, 8 + 12 * (titles + 1) + 16 * digit) & 0xffffff;
  }

  @Test
  void deadGivesEveryNumberAsJson() {
    checkpoint(Map.of());
    assertThat(fmviz("dead", "--json", "--out=$DIR/dead", "--limit=100", "--split=train")).isZero();
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
  void deadFailsAboveTheAllowedPercentageButStillGivesItsResult() {
    checkpoint(Map.of());
    String[] options = {"--json", "--limit=100", "--layers=ReLU_2,MaxPool2d_2", "--out=$DIR/dead"};
    assertThat(fmviz("dead", with(options, "--fail-on-dead=50"))).isZero();
    assertThat(err).isEmpty();
    assertThat(json().has("failure")).isFalse();
    assertThat(fmviz("dead", with(options, "--fail-on-dead=49.5"))).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            "fmviz: more than the allowed 49.5 % of a layer are dead: ReLU_2 has 2 dead channels"
                + " of 4 (50.0 %), MaxPool2d_2 has 2 dead channels of 4 (50.0 %)"
                + END);
    assertThat(json().get("failure").getAsString()).startsWith("more than the allowed");
  }

  private static String[] with(String[] options, String option) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add(option);
    return all.toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dead --below=1.5|--below must be from 0 to 1, not 1.5 (see fmviz dead --help)",
        "dead --below=NaN|--below must be from 0 to 1, not NaN (see fmviz dead --help)",
        "dead --limit=0|--limit must be at least 1, not 0 (see fmviz dead --help)",
        "dead --fail-on-dead=101|--fail-on-dead must be from 0 to 100, not 101.0 (see fmviz dead"
            + " --help)",
        "ablate --index=0|--index must be at least 1, not 0 (see fmviz ablate --help)",
        "ablate --samples=0|--samples must be at least 1, not 0 (see fmviz ablate --help)",
        "prune --below=-0.1|--below must be from 0 to 1, not -0.1 (see fmviz prune --help)",
        "prune --allow-changes=-1|--allow-changes must be at least 0, not -1 (see fmviz prune"
            + " --help)",
        "prune --to=small.pth|--to must name a .safetensors file, not small.pth (see fmviz prune"
            + " --help)",
      })
  void refusesWrongUsage(String arguments, String message) {
    List<String> words = List.of(arguments.split(" ", -1));
    assertThat(fmviz(words.get(0), words.subList(1, words.size()).toArray(String[]::new)))
        .isEqualTo(2);
    assertThat(out).isEmpty();
    assertThat(err).isEqualTo("fmviz: " + message + END);
  }

  @ParameterizedTest
  @CsvSource({"dead --split=half, --split", "dead --layers=, --layers", "prune --on=all, --on"})
  void namesTheWrongOption(String arguments, String option) {
    List<String> words = List.of(arguments.split(" ", -1));
    assertThat(fmviz(words.get(0), words.get(1))).isEqualTo(2);
    assertThat(err).startsWith("fmviz: ").contains(option).hasLineCount(1);
  }

  @Test
  void deadRefusesUnknownLayersAndWritesNothing() {
    checkpoint(Map.of());
    assertThat(fmviz("dead", "--layers=Conv2d_4", "--out=$DIR/dead")).isEqualTo(2);
    assertThat(out).isEmpty();
    assertThat(err)
        .startsWith("fmviz: --layers: there is no layer Conv2d_4; there are Conv2d_1, ReLU_1, ")
        .hasLineCount(1);
    assertThat(folder.resolve("dead")).doesNotExist();
  }

  @Test
  void pruneWritesACheckpointThatPredictsTheSame() throws IOException {
    Path source = checkpoint(Map.of("dataset", "synthetic", "epoch", "3", "test_accuracy", "1"));
    assertThat(fmviz("prune", "--json", "--on=test")).isZero();
    assertThat(err).isEmpty();
    JsonObject result = json();
    assertThat(result.get("predictionsChanged").getAsInt()).isZero();
    assertThat(result.get("testImages").getAsInt()).isEqualTo(2000);
    assertThat(result.get("largestLogitDifference").getAsDouble()).isLessThan(1e-5);
    assertThat(result.getAsJsonObject("parameters").get("after").getAsInt())
        .isEqualTo(10 + 20 + 76 + 50);
    assertThat(result.getAsJsonObject("flops").get("before").getAsInt())
        .isEqualTo(2 * (784 * 2 * 9 + 196 * 4 * 2 * 9 + 49 * 8 * 4 * 9 + 80));
    assertThat(result.getAsJsonArray("timings")).hasSize(2);
    Path pruned = folder.resolve("pruned.safetensors");
    assertThat(result.get("to").getAsString()).isEqualTo(pruned.toString());
    assertThat(result.getAsJsonObject("fileBytes").get("after").getAsLong())
        .isEqualTo(Files.size(pruned));
    SavedClassifier read = SavedClassifier.read(pruned);
    assertThat(read.widths()).isEqualTo(ChannelsFixture.PRUNED_WIDTHS);
    read.tensors()
        .forEach(
            (name, tensor) ->
                assertThat(tensor.floats())
                    .as(name)
                    .containsExactly(ChannelsFixture.floats("pruned." + name)));
    assertThat(read.metadata())
        .containsEntry("epoch", "3")
        .containsEntry("widths", "1,1,2,4,10")
        .containsEntry("pruned_from_sha256", Sha256.of(source))
        .containsEntry("pruned_on", "synthetic test")
        .containsEntry("test_accuracy", "0.1")
        .containsKey("tensors_sha256");
    assertThat(result.get("manifest").getAsString())
        .isEqualTo(folder.resolve("prune/manifest.json").toString());
    JsonObject manifest = SmallNetwork.manifest(folder.resolve("prune"));
    assertThat(manifest.get("command").getAsString()).isEqualTo("prune");
    assertThat(manifest.get("complete").getAsBoolean()).isTrue();
    assertThat(manifest.getAsJsonArray("files")).isEmpty();
    assertThat(manifest.get("details")).isEqualTo(result);
    assertThat(fmviz("evaluate", "--checkpoint=pruned", "--limit-test=100", "--json")).isZero();
  }

  @Test
  void pruneNeverOverwritesUnlessForced() throws IOException {
    Path source = checkpoint(Map.of());
    Path other = Files.writeString(folder.resolve("x.safetensors"), "mine");
    assertThat(fmviz("prune", "--to=$DIR/x.safetensors")).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            "fmviz: cannot write %s: it already exists; name another file, or give --force to replace it%s"
                .formatted(other, END));
    assertThat(other).hasContent("mine");
    assertThat(fmviz("prune", "--force", "--to=" + source)).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "fmviz: %s is the checkpoint to be pruned: give another file with --to (see fmviz prune --help)%s"
                .formatted(source, END));
    assertThat(fmviz("prune", "--force", "--on=test", "--to=" + other)).isZero();
    assertThat(SavedClassifier.read(other).widths()).isEqualTo(ChannelsFixture.PRUNED_WIDTHS);
  }

  @Test
  void pruneRefusesAFolderAndALinkBeforeItStartsEvenIfForced() throws IOException {
    checkpoint(Map.of());
    Path other = Files.createDirectory(folder.resolve("x.safetensors"));
    Path link = folder.resolve("link.safetensors");
    Files.createSymbolicLink(link, folder.resolve("elsewhere.safetensors"));
    assertThat(fmviz("prune", "--force", "--to=" + other)).isEqualTo(1);
    assertThat(err)
        .isEqualTo("fmviz: cannot write %s: it is a folder; name a file%s".formatted(other, END));
    assertThat(fmviz("prune", "--force", "--to=" + link)).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            "fmviz: cannot write %s: it is a symbolic link; name the file itself%s"
                .formatted(link, END));
    assertThat(out).isEmpty();
  }

  /** Every channel of the last convolution is far below zero; one has to stay. */
  @Test
  void pruneSaysWhichDeadChannelStaysBecauseALayerNeedsOne() {
    Map<String, float[]> weights = ChannelsFixture.weights("weights.");
    Arrays.fill(weights.get("net.6.bias"), -1e6f);
    ChannelsFixture.writeCheckpoint(folder.resolve("epoch_0.safetensors"), weights, Map.of());
    assertThat(fmviz("prune", "--on=test")).isZero();
    assertThat(out)
        .contains("Conv2d_3 loses 7 dead channels: ")
        .containsPattern(
            "Conv2d_3 keeps channel \\d though it should go: a layer needs at least one");
    assertThat(fmviz("prune", "--on=test", "--checkpoint=pruned", "--to=$DIR/again.safetensors"))
        .isZero();
    assertThat(out)
        .contains("Conv2d_3 keeps channel 0 though it should go: a layer needs at least one" + END)
        .contains(
            "no other channel is dead: nothing is removed, the network stays as it was" + END);
  }

  @Test
  void pruneTakesChannelsOutOfTheChosenConvolutionsOnly() {
    checkpoint(Map.of());
    assertThat(fmviz("prune", "--json", "--on=test", "--layers=*_2,Conv2d_1")).isZero();
    JsonArray layers = json().getAsJsonArray("layers");
    assertThat(integers(layers.get(0).getAsJsonObject(), "removedDead")).containsExactly(1);
    assertThat(integers(layers.get(1).getAsJsonObject(), "removedDead")).containsExactly(0, 2);
    assertThat(integers(layers.get(2).getAsJsonObject(), "removedDead")).isEmpty();
    assertThat(SavedClassifier.read(folder.resolve("pruned.safetensors")).widths())
        .isEqualTo(new ClassifierWidths(Topology.DIGITS, 1, List.of(1, 2, 8), 10));
    String[] again = {"--on=test", "--checkpoint=pruned", "--to=$DIR/x.safetensors"};
    assertThat(fmviz("prune", with(again, "--layers=Conv2d_1"))).isZero();
    assertThat(out)
        .contains(
            "no channel of the chosen layers is dead: nothing is removed, the network stays as it"
                + " was"
                + END);
    assertThat(fmviz("prune", "--force", "--layers=ReLU_2")).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "fmviz: --layers ReLU_2: this layer has no kernels; those with kernels are Conv2d_1,"
                + " Conv2d_2, Conv2d_3 (see fmviz prune --help)"
                + END);
  }

  @Test
  void pruneSaysSoWhereNothingIsDead() {
    checkpoint(Map.of());
    assertThat(fmviz("prune", "--on=test")).isZero();
    assertThat(fmviz("prune", "--on=test", "--checkpoint=pruned", "--to=$DIR/again.safetensors"))
        .isZero();
    assertThat(out)
        .contains("no channel is dead: nothing is removed, the network stays as it was" + END);
    SavedClassifier first = SavedClassifier.read(folder.resolve("pruned.safetensors"));
    SavedClassifier.read(folder.resolve("again.safetensors"))
        .tensors()
        .forEach(
            (name, t) ->
                assertThat(t.floats())
                    .as(name)
                    .containsExactly(first.tensors().get(name).floats()));
  }

  /** The second convolution's last channel is active in few images, and decides these. */
  @Test
  void pruneWritesNoCheckpointIfPredictionsChangeUnlessTheyMay() throws IOException {
    Map<String, float[]> weights = ChannelsFixture.weights("weights.");
    float[] third = weights.get("net.6.weight"); // (8, 4, 3, 3)
    for (int i = 0; i < third.length; i++) {
      third[i] *= i / 9 % 4 == 3 ? 10_000 : 1;
    }
    ChannelsFixture.writeCheckpoint(folder.resolve("epoch_0.safetensors"), weights, Map.of());
    assertThat(fmviz("prune", "--on=test", "--below=0.9999", "--json")).isEqualTo(1);
    JsonObject failed = json();
    int changed = failed.get("predictionsChanged").getAsInt();
    assertThat(changed).isPositive();
    assertThat(err)
        .isEqualTo(
            "fmviz: %d predictions of 2,000 changed, and only 0 may change: no checkpoint was written%s"
                .formatted(changed, END));
    assertThat(failed.has("to")).isFalse();
    assertThat(SmallNetwork.manifest(folder.resolve("prune")).get("details")).isEqualTo(failed);
    assertThat(folder.resolve("pruned.safetensors")).doesNotExist();
    String[] allowed = {"--on=test", "--below=0.9999", "--allow-changes=" + changed};
    assertThat(fmviz("prune", allowed)).isZero();
    assertThat(out)
        .contains("Conv2d_2 loses 1 almost dead channel: 3" + END)
        .contains(
            "the almost dead are above zero in less than 99.99 % of the images; without them "
                + changed
                + " predictions change, and the right ones by ");
    assertThat(folder.resolve("pruned.safetensors")).exists();
  }

  @Test
  void ablateLooksAtTheFirstImageByDefault() {
    checkpoint(Map.of());
    assertThat(fmviz("ablate", "--out=$DIR/ablate", "--json")).isZero();
    assertThat(err).isEmpty();
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
  void ablateFramesTheMapsThatDecide() throws IOException {
    checkpoint(Map.of());
    assertThat(fmviz("ablate", "--out=$DIR/ablate", "--json", "--index=3", "--layers=Conv2d_3"))
        .isZero();
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
  void ablatePrintsTheMostValuableMapsOfOneImageAndOfMany() throws IOException {
    checkpoint(Map.of());
    String[] options = {
      "--index=4", "--samples=150", "--layers=Conv2d_3,MaxPool2d_2", "--out=$DIR/ablate"
    };
    assertThat(fmviz("ablate", options)).isZero();
    assertThat(err).isEmpty();
    List<String> lines = out.lines().toList();
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
  void ablateTakesAllImagesWhereFewerAreThereThanMayBeTaken() {
    checkpoint(Map.of());
    assertThat(fmviz("ablate", "--samples=2001", "--layers=Ada*", "--out=$DIR/a", "--json"))
        .isZero();
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
  void ablateRefusesWhatIsNotThere(String option, String message) {
    checkpoint(Map.of());
    assertThat(fmviz("ablate", option, "--out=$DIR/ablate")).isEqualTo(2);
    assertThat(out).isEmpty();
    assertThat(err).isEqualTo("fmviz: " + message + " (see fmviz ablate --help)" + END);
    assertThat(folder.resolve("ablate")).doesNotExist();
  }
}
