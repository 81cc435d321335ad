package io.fmviz.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fmviz.Shared;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The channels of the reference's weights on real MNIST, as PyTorch finds them. */
@EnabledIfEnvironmentVariable(
    named = Shared.VARIABLE,
    matches = ".+",
    disabledReason = Shared.ABSENT)
class ChannelParityTest {
  private static final List<Integer> DEAD_2 = List.of(12, 15, 16);
  private static final List<Integer> DEAD_3 =
      List.of(
          6, 8, 11, 16, 19, 23, 29, 31, 32, 38, 43, 45, 46, 47, 49, 50, 61, 62, 66, 67, 69, 70, 75,
          82, 84, 85, 87, 90, 97, 98, 99, 111, 113, 115, 118, 124);

  private static String fmviz(String command, String checkpoint, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command, "--checkpoint=" + checkpoint));
    arguments.addAll(List.of(options));
    if (!command.equals("summary")) {
      arguments.add("--data=" + Shared.mnist());
    }
    Typed run = Typed.fmviz(String.join(" ", arguments));
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out();
  }

  private static JsonObject json(String command, String checkpoint, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--json");
    String text = fmviz(command, checkpoint, all.toArray(String[]::new));
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private static List<Integer> channels(JsonElement list) {
    return List.of(new Gson().fromJson(list, Integer[].class));
  }

  private static String reference() {
    return Shared.reference("epoch_0.safetensors").toString();
  }

  @Test
  void findsTheReferencesDeadChannels(@TempDir Path folder) {
    JsonObject result = json("dead", reference(), "--out=" + folder, "--layers=*_2,*_3");
    assertThat(result.get("images").getAsInt()).isEqualTo(10_000);
    Map<String, List<Integer>> dead = new LinkedHashMap<>();
    for (JsonElement element : result.getAsJsonArray("layers")) {
      JsonObject layer = element.getAsJsonObject();
      dead.put(layer.get("layer").getAsString(), channels(layer.get("dead")));
    }
    assertThat(dead)
        .containsExactly(
            Map.entry("Conv2d_2", DEAD_2),
            Map.entry("ReLU_2", DEAD_2),
            Map.entry("MaxPool2d_2", DEAD_2),
            Map.entry("Conv2d_3", DEAD_3),
            Map.entry("ReLU_3", DEAD_3));
    assertThat(DEAD_3).hasSize(36);
  }

  @Test
  void prunesTheReferenceWithoutChangingAPrediction(@TempDir Path folder) {
    String pruned = folder.resolve("pruned.safetensors").toString();
    JsonObject result =
        json(
            "prune",
            reference(),
            "--on=test",
            "--to=" + pruned,
            "--out=" + folder.resolve("prune"));
    assertThat(result.get("testImages").getAsInt()).isEqualTo(10_000);
    assertThat(result.get("predictionsChanged").getAsInt()).isZero();
    assertThat(result.get("largestLogitDifference").getAsDouble()).isLessThan(1e-4);
    assertThat(result.getAsJsonObject("correct").get("before"))
        .isEqualTo(result.getAsJsonObject("correct").get("after"));
    assertThat(result.getAsJsonObject("parameters").get("after").getAsInt()).isEqualTo(69_479);
    List<Integer> widths = new ArrayList<>();
    for (JsonElement layer : result.getAsJsonArray("layers")) {
      JsonObject channels = layer.getAsJsonObject().getAsJsonObject("channels");
      widths.add(channels.get("after").getAsInt());
    }
    assertThat(widths).containsExactly(32, 61, 92);
    assertThat(json("evaluate", pruned).get("correct"))
        .isEqualTo(result.getAsJsonObject("correct").get("after"));
    assertThat(json("summary", pruned).get("parameters").getAsInt()).isEqualTo(69_479);
    String pictures = folder.resolve("pictures").toString();
    assertThat(fmviz("visualize", pruned, "--samples=1", "--out=" + pictures))
        .startsWith("9 pictures of 1 image of mnist in ");
  }

  /** The numbers are PyTorch's, of the same weights and images. */
  @Test
  void findsWhatTheReferencesMapsAreWorth(@TempDir Path folder) {
    JsonObject result =
        json(
            "ablate",
            reference(),
            "--out=" + folder,
            "--index=1",
            "--samples=1000",
            "--layers=ReLU_3");
    JsonObject image = result.getAsJsonObject("image");
    assertThat(image.get("predicted").getAsInt()).isEqualTo(7);
    assertThat(image.get("logit").getAsDouble()).isCloseTo(11.6566, within(1e-3));
    JsonObject layer = image.getAsJsonArray("layers").get(0).getAsJsonObject();
    JsonArray change = layer.getAsJsonArray("change");
    assertThat(change.get(95).getAsDouble()).isCloseTo(-3.028636, within(1e-4));
    assertThat(change.get(33).getAsDouble()).isCloseTo(1.145270, within(1e-4));
    DEAD_3.forEach(channel -> assertThat(change.get(channel).getAsDouble()).isZero());
    JsonObject samples = result.getAsJsonObject("samples");
    assertThat(samples.get("correct").getAsInt()).isEqualTo(918);
    JsonObject worth = samples.getAsJsonArray("layers").get(0).getAsJsonObject();
    double[] accuracy = new Gson().fromJson(worth.get("accuracy"), double[].class);
    assertThat(accuracy[13]).isCloseTo(0.855, within(0.001));
    assertThat(accuracy[33]).isCloseTo(0.884, within(0.001));
    List<Integer> changed = channels(worth.get("predictionsChanged"));
    assertThat(changed.get(13)).isCloseTo(78, within(1));
    assertThat(changed.get(33)).isCloseTo(59, within(1));
    double[] mean = new Gson().fromJson(worth.get("meanLogitChange"), double[].class);
    assertThat(mean[13]).isCloseTo(-0.121397, within(1e-4));
  }
}
