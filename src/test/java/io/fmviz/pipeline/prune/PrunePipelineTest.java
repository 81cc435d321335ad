package io.fmviz.pipeline.prune;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fmviz.ChannelsFixture;
import io.fmviz.Shared;
import io.fmviz.SmallNetwork;
import io.fmviz.base.Sha256;
import io.fmviz.cli.Typed;
import io.fmviz.network.torch.ClassifierWidths;
import io.fmviz.network.torch.SavedClassifier;
import io.fmviz.network.torch.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A small network without its dead channels, checked on synthetic digits. */
class PrunePipelineTest {
  private static final String END = System.lineSeparator();

  @TempDir private Path folder;
  private Typed run;

  private int prune(String... options) {
    run =
        Typed.fmviz(
            folder,
            Stream.concat(
                    Stream.of(
                        "prune",
                        "--quiet",
                        "--dataset=synthetic",
                        "--threads=1",
                        "--model-dir=$DIR",
                        "--out=$DIR/prune"),
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

  private static String[] with(String[] options, String option) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add(option);
    return all.toArray(String[]::new);
  }

  @Test
  void writesACheckpointThatPredictsTheSame() throws IOException {
    Path source = checkpoint(Map.of("dataset", "synthetic", "epoch", "3", "test_accuracy", "1"));
    assertThat(prune("--json", "--on=test")).isZero();
    assertThat(run.err()).isEmpty();
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
    assertThat(
            Typed.fmviz(
                    folder,
                    "evaluate",
                    "--dataset=synthetic",
                    "--checkpoint=$DIR/pruned.safetensors",
                    "--limit-test=100")
                .exit())
        .isZero();
  }

  @Test
  void neverOverwritesUnlessForced() throws IOException {
    Path source = checkpoint(Map.of());
    Path other = Files.writeString(folder.resolve("x.safetensors"), "mine");
    assertThat(prune("--to=$DIR/x.safetensors")).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "fmviz: cannot write %s: it already exists; name another file, or give --force to replace it%s"
                .formatted(other, END));
    assertThat(other).hasContent("mine");
    assertThat(prune("--force", "--to=" + source)).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "fmviz: %s is the checkpoint to be pruned: give another file with --to (see fmviz prune --help)%s"
                .formatted(source, END));
    assertThat(prune("--force", "--on=test", "--to=" + other)).isZero();
    assertThat(SavedClassifier.read(other).widths()).isEqualTo(ChannelsFixture.PRUNED_WIDTHS);
  }

  @Test
  void refusesAFolderAndALinkBeforeItStartsEvenIfForced() throws IOException {
    checkpoint(Map.of());
    Path other = Files.createDirectory(folder.resolve("x.safetensors"));
    Path link = folder.resolve("link.safetensors");
    Files.createSymbolicLink(link, folder.resolve("elsewhere.safetensors"));
    assertThat(prune("--force", "--to=" + other)).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("fmviz: cannot write %s: it is a folder; name a file%s".formatted(other, END));
    assertThat(prune("--force", "--to=" + link)).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "fmviz: cannot write %s: it is a symbolic link; name the file itself%s"
                .formatted(link, END));
    assertThat(run.out()).isEmpty();
  }

  /** Every channel of the last convolution is far below zero; one has to stay. */
  @Test
  void saysWhichDeadChannelStaysBecauseALayerNeedsOne() {
    Map<String, float[]> weights = ChannelsFixture.weights("weights.");
    Arrays.fill(weights.get("net.6.bias"), -1e6f);
    ChannelsFixture.writeCheckpoint(folder.resolve("epoch_0.safetensors"), weights, Map.of());
    assertThat(prune("--on=test")).isZero();
    assertThat(run.out())
        .contains("Conv2d_3 loses 7 dead channels: ")
        .containsPattern(
            "Conv2d_3 keeps channel \\d though it should go: a layer needs at least one");
    assertThat(prune("--on=test", "--checkpoint=pruned", "--to=$DIR/again.safetensors")).isZero();
    assertThat(run.out())
        .contains("Conv2d_3 keeps channel 0 though it should go: a layer needs at least one" + END)
        .contains(
            "no other channel is dead: nothing is removed, the network stays as it was" + END);
  }

  @Test
  void takesChannelsOutOfTheChosenConvolutionsOnly() {
    checkpoint(Map.of());
    assertThat(prune("--json", "--on=test", "--layers=*_2,Conv2d_1")).isZero();
    JsonArray layers = json().getAsJsonArray("layers");
    assertThat(integers(layers.get(0).getAsJsonObject(), "removedDead")).containsExactly(1);
    assertThat(integers(layers.get(1).getAsJsonObject(), "removedDead")).containsExactly(0, 2);
    assertThat(integers(layers.get(2).getAsJsonObject(), "removedDead")).isEmpty();
    assertThat(SavedClassifier.read(folder.resolve("pruned.safetensors")).widths())
        .isEqualTo(new ClassifierWidths(Topology.DIGITS, 1, List.of(1, 2, 8), 10));
    String[] again = {"--on=test", "--checkpoint=pruned", "--to=$DIR/x.safetensors"};
    assertThat(prune(with(again, "--layers=Conv2d_1"))).isZero();
    assertThat(run.out())
        .contains(
            "no channel of the chosen layers is dead: nothing is removed, the network stays as it"
                + " was"
                + END);
    assertThat(prune("--force", "--layers=ReLU_2")).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "fmviz: --layers ReLU_2: this layer has no kernels; those with kernels are Conv2d_1,"
                + " Conv2d_2, Conv2d_3 (see fmviz prune --help)"
                + END);
  }

  @Test
  void saysSoWhereNothingIsDead() {
    checkpoint(Map.of());
    assertThat(prune("--on=test")).isZero();
    assertThat(prune("--on=test", "--checkpoint=pruned", "--to=$DIR/again.safetensors")).isZero();
    assertThat(run.out())
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
  void writesNoCheckpointIfPredictionsChangeUnlessTheyMay() throws IOException {
    Map<String, float[]> weights = ChannelsFixture.weights("weights.");
    float[] third = weights.get("net.6.weight"); // (8, 4, 3, 3)
    for (int i = 0; i < third.length; i++) {
      third[i] *= i / 9 % 4 == 3 ? 10_000 : 1;
    }
    ChannelsFixture.writeCheckpoint(folder.resolve("epoch_0.safetensors"), weights, Map.of());
    assertThat(prune("--on=test", "--below=0.9999", "--json")).isEqualTo(1);
    JsonObject failed = json();
    int changed = failed.get("predictionsChanged").getAsInt();
    assertThat(changed).isPositive();
    assertThat(run.err())
        .isEqualTo(
            "fmviz: %d predictions of 2,000 changed, and only 0 may change: no checkpoint was written%s"
                .formatted(changed, END));
    assertThat(failed.has("to")).isFalse();
    assertThat(SmallNetwork.manifest(folder.resolve("prune")).get("details")).isEqualTo(failed);
    assertThat(folder.resolve("pruned.safetensors")).doesNotExist();
    String[] allowed = {"--on=test", "--below=0.9999", "--allow-changes=" + changed};
    assertThat(prune(allowed)).isZero();
    assertThat(run.out())
        .contains("Conv2d_2 loses 1 almost dead channel: 3" + END)
        .contains(
            "the almost dead are above zero in less than 99.99 % of the images; without them "
                + changed
                + " predictions changed, and the right ones by ");
    assertThat(folder.resolve("pruned.safetensors")).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--below=-0.1|--below must be from 0 to 1, not -0.1 (see fmviz prune --help)",
        "--allow-changes=-1|--allow-changes must be at least 0, not -1 (see fmviz prune"
            + " --help)",
        "--to=small.pth|--to must name a .safetensors file, not small.pth (see fmviz prune"
            + " --help)",
      })
  void refusesWrongUsage(String option, String message) {
    assertThat(prune(option)).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("fmviz: " + message + END);
  }

  @ParameterizedTest
  @CsvSource({"--on=all, --on"})
  void namesTheWrongOption(String arguments, String option) {
    assertThat(prune(arguments)).isEqualTo(2);
    assertThat(run.err()).startsWith("fmviz: ").contains(option).hasLineCount(1);
  }

  @Test
  @EnabledIfEnvironmentVariable(
      named = Shared.VARIABLE,
      matches = ".+",
      disabledReason = Shared.ABSENT)
  void prunesTheReferenceWithoutChangingAPrediction() {
    JsonObject result =
        Typed.fmviz(
                "prune --json --on=test --checkpoint=%s --data=%s --to=%s --out=%s"
                    .formatted(
                        Shared.reference("epoch_0.safetensors"),
                        Shared.mnist(),
                        folder.resolve("pruned.safetensors"),
                        folder.resolve("prune")))
            .json();
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
    String pruned = " --checkpoint=" + folder.resolve("pruned.safetensors");
    String data = " --data=" + Shared.mnist();
    assertThat(Typed.fmviz("evaluate --json" + pruned + data).json().get("correct"))
        .isEqualTo(result.getAsJsonObject("correct").get("after"));
    assertThat(Typed.fmviz("summary --json" + pruned).json().get("parameters").getAsInt())
        .isEqualTo(69_479);
    String pictures = " --samples=1 --out=" + folder.resolve("pictures");
    assertThat(Typed.fmviz("visualize" + pruned + data + pictures).out())
        .startsWith("9 pictures of 1 image of mnist in ");
  }
}
