package io.fmviz.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.fmviz.SmallNetwork;
import io.fmviz.cli.Typed;
import io.fmviz.network.torch.SavedClassifier;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights, maps and logits that are NaN or infinite, in what every command says and writes. */
class NonFiniteTest {
  private static final String WARNING =
      "fmviz: WARNING: %s has values that are NaN or infinite: %s; nothing follows from them%n";

  @TempDir private Path folder;

  /**
   * The fixture's network of 2, 4 and 8 channels, with the first value of some tensors replaced.
   */
  private Path network(String name, Map<String, Float> replaced) throws IOException {
    return network(
        name, weights -> replaced.forEach((tensor, value) -> weights.get(tensor)[0] = value));
  }

  /** All weights are numbers, but the first maps are beyond float32 wherever there is a stroke. */
  private Path huge() throws IOException {
    return network("huge", weights -> Arrays.fill(weights.get("net.0.weight"), 2e38f));
  }

  private Path network(String name, Consumer<Map<String, float[]>> change) throws IOException {
    Files.createDirectories(folder.resolve("model"));
    SavedClassifier whole =
        SavedClassifier.read(SmallNetwork.checkpoint(folder.resolve("model"), name, "before."));
    Map<String, float[]> weights = whole.weights();
    change.accept(weights);
    whole.derive(whole.file(), whole.widths(), weights, Map.of()).write();
    return whole.file();
  }

  private Typed run(Path checkpoint, String line) {
    return Typed.fmviz(
        line.replace("NET", "--quiet --checkpoint " + checkpoint)
            .replace("DATA", "--threads 1 --dataset synthetic")
            .replace("OUT", "--force --out " + folder.resolve("out")));
  }

  private static void hasNull(JsonElement facts, String name) {
    assertThat(facts.getAsJsonObject().get(name)).as(name).isEqualTo(JsonNull.INSTANCE);
  }

  @Test
  void evaluateSaysThatThereIsNoLossAndPredictsNothing() throws IOException {
    Path file = network("nan", Map.of("fc.bias", Float.NaN));
    Typed told = run(file, "evaluate NET DATA --limit-test 20");
    assertThat(told.exit()).isZero();
    assertThat(told.err())
        .isEqualTo(WARNING.formatted(file, "1 of 482 weights, the logits of 20 of 20 images"));
    assertThat(told.out())
        .startsWith(file + " on synthetic: accuracy 0.00 % (0 of 20), mean loss none, ");
    JsonObject json = run(file, "evaluate NET DATA --limit-test 20 --json").json();
    hasNull(json, "meanLoss");
    assertThat(json.get("notANumber").getAsInt()).isEqualTo(20);
    assertThat(json.get("weightsNotANumber").getAsInt()).isEqualTo(1);
    assertThat(json.get("correct").getAsInt()).isZero();
    assertThat(json.get("total").getAsInt()).isEqualTo(20);
    assertThat(json.get("confusion").toString().replaceAll("[\\[\\],0]", "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"summary NET", "kernels NET OUT", "export NET --to %s.npz"})
  void saysItOfWeightsThatAreOnlyShown(String line) throws IOException {
    Path file =
        network("inf", Map.of("net.0.weight", Float.NEGATIVE_INFINITY, "fc.bias", Float.NaN));
    Typed told = run(file, line.formatted(folder.resolve("told")));
    assertThat(told.exit()).isZero();
    assertThat(told.err()).isEqualTo(WARNING.formatted(file, "2 of 482 weights"));
    JsonObject json =
        run(file, line.formatted(folder.resolve("json")).replace("NET", "NET --json")).json();
    assertThat(json.get("weightsNotANumber").getAsInt()).isEqualTo(2);
  }

  @Test
  void pruneProvesNothingWithSuchWeightsAndWritesNothing() throws IOException {
    Path file = network("nan", Map.of("net.3.bias", Float.NaN));
    Path to = folder.resolve("pruned.safetensors");
    Typed told = run(file, "prune NET DATA OUT --allow-changes 2000 --on test --to " + to);
    assertThat(told.exit()).isEqualTo(1);
    assertThat(told.out()).isEmpty();
    assertThat(told.err())
        .isEqualTo(
            "fmviz: %s has values that are NaN or infinite: 1 of 482 weights; nothing can be proved with them, and no checkpoint is written%n"
                .formatted(file));
    assertThat(to).doesNotExist();
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void pruneProvesNothingWithLogitsThatAreNoNumbers() throws IOException {
    Path file = huge();
    Path to = folder.resolve("pruned.safetensors");
    Typed told = run(file, "prune NET DATA OUT --json --allow-changes 2000 --on test --to " + to);
    assertThat(told.exit()).isEqualTo(1);
    assertThat(told.err())
        .isEqualTo(
            "fmviz: the logits of 2,000 of 2,000 images are NaN or infinite, which proves nothing: no checkpoint was written%n"
                .formatted());
    assertThat(to).doesNotExist();
    for (JsonObject facts :
        List.of(
            JsonParser.parseString(told.out()).getAsJsonObject(),
            SmallNetwork.manifest(folder.resolve("out")).getAsJsonObject("details"))) {
      hasNull(facts, "largestLogitDifference");
      assertThat(facts.get("notANumber").getAsInt()).isEqualTo(2000);
      assertThat(facts.get("predictionsChanged").getAsInt()).isEqualTo(2000);
      assertThat(facts.has("to")).isFalse();
    }
  }

  /** What is minus infinity before a ReLU is zero behind it. */
  @Test
  void deadTakesNoSuchChannelForDead() throws IOException {
    Path file = network("minus", Map.of("net.0.bias", Float.NEGATIVE_INFINITY));
    for (String layers : List.of("", "--layers ReLU_1,MaxPool2d_1 ")) {
      JsonObject json =
          run(file, "dead NET DATA OUT --json --split test --limit 10 " + layers).json();
      for (JsonElement each : json.getAsJsonArray("layers")) {
        JsonObject layer = each.getAsJsonObject();
        String name = layer.get("layer").getAsString();
        if (name.endsWith("_1")) {
          assertThat(layer.getAsJsonArray("notANumber").get(0).getAsLong()).isEqualTo(7840);
          assertThat(layer.getAsJsonArray("notANumber").get(1).getAsLong()).isZero();
          assertThat(layer.getAsJsonArray("dead")).doesNotContain(new JsonPrimitive(0));
          assertThat(layer.getAsJsonArray("imageShare").get(0)).isEqualTo(JsonNull.INSTANCE);
        }
      }
    }
    Typed told = run(file, "dead NET DATA OUT --split test --limit 10 --layers ReLU_1 --channels");
    assertThat(told.err())
        .isEqualTo(WARNING.formatted(file, "1 of 482 weights, 7,840 values of maps"));
    assertThat(told.out())
        .containsPattern("ReLU_1 +0 +0\\.0000 +none +none +non-finite")
        .contains("ReLU_1 with non-finite values: 0")
        .doesNotContain("ReLU_1 dead: 0");
  }

  @Test
  void visualizeCountsThemInItsManifestAndDrawsThemAsBefore() throws IOException {
    Path file = network("nan", Map.of("net.0.bias", Float.NaN));
    Typed told = run(file, "visualize NET DATA OUT --samples 1 --layers Conv2d_1,ReLU_1");
    assertThat(told.exit()).isZero();
    assertThat(told.err())
        .isEqualTo(
            WARNING.formatted(
                file, "1 of 482 weights, the logits of 1 of 1 image, 1,568 values of maps"));
    JsonObject manifest = SmallNetwork.manifest(folder.resolve("out"));
    assertThat(manifest.getAsJsonObject("checkpoint").get("weightsNotANumber").getAsInt())
        .isEqualTo(1);
    JsonObject sample = manifest.getAsJsonArray("details").get(0).getAsJsonObject();
    hasNull(sample, "predicted");
    assertThat(sample.get("notANumber").getAsInt()).isEqualTo(10);
    for (JsonElement picture : sample.getAsJsonArray("pictures")) {
      hasNull(picture, "minimum");
      hasNull(picture, "maximum");
      hasNull(picture, "mean");
      assertThat(picture.getAsJsonObject().get("notANumber").getAsInt()).isEqualTo(784);
    }
    BufferedImage picture = ImageIO.read(folder.resolve("out/1-0/ReLU_1.png").toFile());
    assertThat(picture.getRaster().getSample(10, 10, 0)).isZero();
  }

  @Test
  void camLooksForNoClassWhereNoneIsPredicted() throws IOException {
    Path file = network("nan", Map.of("net.0.bias", Float.NaN));
    Typed told = run(file, "cam NET DATA OUT --samples 1 --json");
    assertThat(told.err())
        .isEqualTo(WARNING.formatted(file, "1 of 482 weights, the logits of 1 of 1 image"));
    JsonObject image = told.json().getAsJsonArray("images").get(0).getAsJsonObject();
    hasNull(image, "predicted");
    assertThat(image.getAsJsonArray("maps")).isEmpty();
    assertThat(folder.resolve("out/1-0.png")).exists();

    told = run(file, "cam NET DATA OUT --samples 1 --json --target 3");
    assertThat(told.err())
        .isEqualTo(
            WARNING.formatted(
                file, "1 of 482 weights, the logits of 1 of 1 image, 49 values of maps"));
    image = told.json().getAsJsonArray("images").get(0).getAsJsonObject();
    JsonObject map = image.getAsJsonArray("maps").get(0).getAsJsonObject();
    for (String name : new String[] {"logit", "targetProbability", "sum", "minimum", "maximum"}) {
      hasNull(map, name);
    }
    assertThat(map.get("notANumber").getAsInt()).isEqualTo(49);
    assertThat(map.getAsJsonArray("map").get(6).toString())
        .isEqualTo("[null,null,null,null,null,null,null]");
  }

  @Test
  void topCompareAndAblateTellOfThemToo() throws IOException {
    Path file = network("nan", Map.of("net.0.bias", Float.NaN));
    Typed told = run(file, "top NET DATA OUT --limit 10 --layers ReLU_1 --json");
    assertThat(told.err())
        .isEqualTo(WARNING.formatted(file, "1 of 482 weights, 7,840 values of maps"));
    JsonObject layer = told.json().getAsJsonArray("layers").get(0).getAsJsonObject();
    assertThat(layer.get("notANumber").toString()).isEqualTo("[7840,0]");
    assertThat(layer.getAsJsonArray("channels").get(0).getAsJsonArray()).isEmpty();

    told = run(file, "compare NET DATA OUT --samples 2 --layers ReLU_1 --json --sort activity");
    assertThat(told.err())
        .isEqualTo(
            WARNING.formatted(
                file, "1 of 482 weights, the logits of 2 of 2 images, 1,568 values of maps"));
    layer = told.json().getAsJsonArray("layers").get(0).getAsJsonObject();
    assertThat(layer.get("columns").toString()).isEqualTo("[1,0]");
    assertThat(layer.get("notANumber").toString()).isEqualTo("[0,1568]");
    assertThat(layer.getAsJsonArray("means").get(1)).isEqualTo(JsonNull.INSTANCE);
    assertThat(layer.getAsJsonArray("dead")).doesNotContain(new JsonPrimitive(0));
    hasNull(told.json().getAsJsonArray("samples").get(0), "predicted");

    // Without the one map that is not finite the others tell the digit.
    told = run(file, "ablate NET DATA OUT --index 1 --samples 3 --layers ReLU_1 --json");
    assertThat(told.err())
        .isEqualTo(WARNING.formatted(file, "1 of 482 weights, the logits of 4 of 4 images"));
    JsonObject image = told.json().getAsJsonObject("image");
    hasNull(image, "predicted");
    hasNull(image, "logit");
    layer = image.getAsJsonArray("layers").get(0).getAsJsonObject();
    assertThat(layer.get("change").toString()).isEqualTo("[null,null]");
    assertThat(layer.get("notANumber").toString()).isEqualTo("[0,10]");
    assertThat(layer.getAsJsonArray("predicted").get(0).getAsInt()).isBetween(0, 9);
    assertThat(layer.getAsJsonArray("predicted").get(1)).isEqualTo(JsonNull.INSTANCE);
    JsonObject samples = told.json().getAsJsonObject("samples");
    assertThat(samples.get("notANumber").getAsInt()).isEqualTo(3);
    layer = samples.getAsJsonArray("layers").get(0).getAsJsonObject();
    assertThat(layer.get("predictionsChanged").toString()).isEqualTo("[3,3]");
    assertThat(layer.get("meanLogitChange").toString()).isEqualTo("[null,null]");
    assertThat(layer.get("notANumber").toString()).isEqualTo("[3,3]");
    assertThat(run(file, "ablate NET DATA OUT --layers ReLU_1").out())
        .startsWith("image 1 of synthetic (a 0): predicted nothing with logit none");
  }

  @Test
  void filmstripNamesTheCheckpointThatHasThem() throws IOException {
    Path broken = network("epoch_0", Map.of("net.0.bias", Float.NaN));
    SmallNetwork.checkpoint(folder.resolve("model"), "epoch_1", "after.");
    Typed told =
        run(
            broken,
            "filmstrip --quiet DATA OUT --json --layers ReLU_1 --model-dir "
                + folder.resolve("model"));
    assertThat(told.err())
        .isEqualTo(
            WARNING.formatted(
                broken, "1 of 482 weights, the logits of 1 of 2 checkpoints, 784 values of maps"));
    JsonObject first = told.json().getAsJsonArray("frames").get(0).getAsJsonObject();
    hasNull(first, "predicted");
    assertThat(first.get("weightsNotANumber").getAsInt()).isEqualTo(1);
    JsonObject strip = told.json().getAsJsonArray("layers").get(0).getAsJsonObject();
    assertThat(strip.get("columns").toString()).isEqualTo("[1,0]");
    assertThat(strip.getAsJsonArray("movements").get(1)).isEqualTo(JsonNull.INSTANCE);
    assertThat(strip.get("notANumber").toString()).isEqualTo("[0,784]");
  }
}
