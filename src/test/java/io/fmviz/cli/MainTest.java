package io.fmviz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  private static final String END = System.lineSeparator();

  @TempDir private Path folder;
  private String out;
  private String err;

  private int fmviz(String... arguments) {
    Typed typed = Typed.fmviz(folder, arguments);
    out = typed.out();
    err = typed.err();
    return typed.exit();
  }

  @Test
  void versionNamesItsParts() {
    assertThat(fmviz("--version")).isZero();
    assertThat(out)
        .matches(
            "fmviz \\d+\\.\\d+\\.\\d+\\RDJL \\d+\\.\\d+\\.\\d+\\RPyTorch \\d+\\.\\d+\\.\\d+\\R");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "visualize --samples 0|--samples must be at least 1, not 0 (see fmviz visualize --help)",
        "visualize --start 0|--start must be at least 1, not 0 (see fmviz visualize --help)",
        "train --device cuda:x|--device must be auto, cpu, gpu, cuda, gpu:N or cuda:N, not cuda:x"
            + " (see fmviz train --help)",
        "visualize --nrow 0|--nrow must be from 1 to 4096, not 0 (see fmviz visualize --help)",
        "train --data|Missing required parameter for option '--data' (DIR) (see fmviz train --help)",
        "tran|there is no command tran; did you mean train?" + " (see fmviz --help)",
        "help tran|there is no command tran; did you mean train?" + " (see fmviz --help)",
        "help fmviz|there is no command fmviz (see fmviz --help)",
        "help train run|Unmatched argument at index 2: 'run' (see fmviz help --help)",
        "train run|Unmatched argument at index 1: 'run' (see fmviz train --help)",
        "--jso|Unknown option: '--jso'; did you mean --json? (see fmviz --help)",
        "visualize --layer x|Unknown option: '--layer'; did you mean --layers? (see fmviz visualize --help)",
        "visualize --sampels=3|Unknown option: '--sampels'; did you mean --samples? (see fmviz visualize --help)",
        "train --learning-rate 1|Unknown option: '--learning-rate'; did you mean --lr? (see fmviz train --help)",
        "ablate --indices 3|Unknown option: '--indices'; did you mean --index? (see fmviz ablate --help)",
        "compare --limit 3|Unknown option: '--limit'; did you mean --samples? (see fmviz compare --help)",
        "cam --no-inver|Unknown option: '--no-inver'; did you mean --no-invert? (see fmviz cam --help)",
        "visualize --image x.png --layer ReLU_1|Unknown option: '--layer'; did you mean --layers?"
            + " (see fmviz visualize --help)",
        "dead --image x.png -q|Unknown option: '-q' (see fmviz dead --help)",
        "visualize --out --scal 2|Unknown option: '--scal'; did you mean --scale? (see fmviz visualize --help)",
        "visualize cat.jpg|Unmatched argument at index 1: 'cat.jpg'; did you mean --image cat.jpg?"
            + " (see fmviz visualize --help)",
        "summary net.onnx|Unmatched argument at index 1: 'net.onnx'; did you mean --model net.onnx?"
            + " (see fmviz summary --help)",
        "summary a.pth|Unmatched argument at index 1: 'a.pth'; did you mean --checkpoint a.pth?"
            + " (see fmviz summary --help)",
        "cat.jpg|there is no command cat.jpg; did you mean visualize --image cat.jpg? (see fmviz --help)",
        "visualize {image}.png|Unmatched argument at index 1: '{image}.png'; did you mean --image"
            + " {image}.png? (see fmviz visualize --help)",
        "dead --limit x|Invalid value for option '--limit': 'x' is not an int (see fmviz dead --help)",
        "visualize --index|Missing required parameter for option '--index' (LIST) (see fmviz visualize --help)",
        "visualize --indices 0|--indices counts from 1 (see fmviz visualize --help)",
        "prune --on all|Invalid value for option '--on': 'all' is none of train, test (see fmviz prune --help)",
        "export|Missing required option: '--to=FILE' (see fmviz export --help)",
        "summary --output y|--output is for the networks of --model (see fmviz summary --help)",
        "summary --fourth-channel 1|--fourth-channel is for the networks of --model (see fmviz"
            + " summary --help)",
        "visualize --checkpoint epoch_0 --input n=1|--input is for the networks of --model (see"
            + " fmviz visualize --help)",
        "summary --model x.onnx --input n=9007199254740993|--input can't be 9007199254740993: it would"
            + " be 9007199254740992 (see fmviz summary --help)",
        "summary --checkpoint x --base-channels 32|--checkpoint has its own widths: leave --base-channels out"
            + " (see fmviz summary --help)",
      })
  void wrongUsageIsOneLineAndExitCode2(String arguments, String message) {
    assertThat(fmviz(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(out).isEmpty();
    assertThat(err).isEqualTo("fmviz: " + message + END);
  }

  @ParameterizedTest
  @CsvSource({
    "visualize --samples x, --samples",
    "visualize --pad-value 1.01, --pad-value",
    "visualize --pad-value NaN, --pad-value",
    "visualize --padding -1, --padding",
    "train --epochs 0, --epochs",
    "train --batch-size 0, --batch-size",
    "train --test-batch-size 0, --test-batch-size",
    "train --lr 0, --lr",
    "train --lr NaN, --lr",
    "train --base-channels 0, --base-channels",
    "train --seed x, --seed",
    "train --threads 0, --threads",
    "train --limit-train 0, --limit-train",
    "train --dataset imagenet, --dataset",
    "train --what, --what",
    "evaluate --limit-test 0, --limit-test",
    "summary --base-channels 99999, --base-channels"
  })
  void wrongUsageNamesTheOption(String arguments, String option) {
    assertThat(fmviz(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(out).isEmpty();
    assertThat(err).startsWith("fmviz: ").contains(option).hasLineCount(1);
  }

  @Test
  void aFailureIsOneLineAndItsTraceOnlyVerbose() throws IOException {
    Files.writeString(folder.resolve("x.safetensors"), "no tensors here");
    String[] arguments = {"summary", "--checkpoint", "$DIR/x.safetensors"};
    assertThat(fmviz(arguments)).isEqualTo(1);
    assertThat(err)
        .startsWith("fmviz: " + folder.resolve("x.safetensors") + " is not a safetensors file: ")
        .hasLineCount(1);
    assertThat(fmviz("summary", "--verbose", arguments[1], arguments[2])).isEqualTo(1);
    assertThat(err).contains(END + "\tat io.fmviz.tensor.Safetensors.");
    assertThat(out).isEmpty();
  }

  @Test
  void namesTheCheckpointsThatExist() throws IOException {
    Files.createFile(folder.resolve("epoch_0.safetensors"));
    assertThat(fmviz("evaluate", "--model-dir=$DIR", "--checkpoint=epoch_5")).isEqualTo(1);
    assertThat(err)
        .isEqualTo("fmviz: there is no checkpoint epoch_5: " + folder + " holds epoch_0" + END);
  }

  @Test
  void filesNamedLikeSettingsKeepTheirNames() {
    assertThat(fmviz("visualize", "--image", "{image}.png", "--dataset=synthetic")).isEqualTo(2);
    assertThat(fmviz("summary", "--checkpoint=$DIR/{force}.pth")).isEqualTo(1);
    assertThat(err).contains(folder.resolve("{force}.pth").toString()).doesNotContain("--force");
    assertThat(fmviz("summary", "--model=$DIR/{layers}.onnx")).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            "fmviz: cannot read "
                + folder.resolve("{layers}.onnx")
                + ": no such file or folder"
                + END);
  }

  @Test
  void theTableOfAResultStaysAwayWhereJsonIsAskedFor() {
    assertThat(fmviz("summary", "--json", "--base-channels=2")).isZero();
    assertThat(err).isEqualTo("this is an untrained network" + END);
    assertThat(parse().has("checkpoint")).isFalse();
    assertThat(fmviz("generate-completion", "--json")).isZero();
    assertThat(err).isEmpty();
    assertThat(parse().get("script").getAsString()).startsWith("#!/usr/bin/env bash");
  }

  /** Trains, looks, and tests on a handful of digits. */
  @Test
  void everyCommandPrintsOneJsonObjectAndNothingElse() {
    String[] small = {
      "--json", "--quiet", "--dataset=synthetic", "--threads=1", "--model-dir=$DIR/m"
    };
    JsonObject run =
        json(
            "run",
            small,
            "--limit-train=128",
            "--limit-test=20",
            "--base-channels=2",
            "--seed=4",
            "--samples=1",
            "--out=$DIR/pictures");
    JsonObject train = run.getAsJsonObject("train");
    assertThat(train.get("seed").getAsLong()).isEqualTo(4);
    assertThat(run.getAsJsonObject("visualize").get("pictures").getAsInt()).isEqualTo(9);
    JsonObject evaluated = json("evaluate", small, "--limit-test=20");
    assertThat(evaluated.get("total").getAsInt()).isEqualTo(20);
    assertThat(evaluated.get("imageCount").getAsInt()).isEqualTo(20);
    assertThat(evaluated.getAsJsonArray("classes").get(7).getAsString()).isEqualTo("7");
    JsonObject epoch = train.getAsJsonArray("epochs").get(0).getAsJsonObject();
    assertThat(epoch.get("testCorrect")).isEqualTo(evaluated.get("correct"));
    JsonObject looked = json("visualize", small, "--samples=2", "--out=$DIR/pictures");
    assertThat(looked.get("pictures").getAsInt()).isEqualTo(18);
    assertThat(looked.get("imageCount").getAsInt()).isEqualTo(2);
    assertThat(folder.resolve("pictures/2-3/ReLU_3.png")).exists();
    assertThat(fmviz("summary", "--json", "--model-dir=$DIR/m", "--checkpoint=epoch_0")).isZero();
    assertThat(parse().get("parameters").getAsInt()).isEqualTo(20 + 76 + 296 + 90);
    assertThat(fmviz("summary", "--json", "--model-dir=$DIR/m")).isZero();
    assertThat(parse().get("parameters").getAsInt()).isEqualTo(20 + 76 + 296 + 90);
    assertThat(parse().get("checkpoint").getAsString())
        .isEqualTo(folder.resolve("m/epoch_0.safetensors").toString());
  }

  @Test
  void aSeedGivesTheSameCheckpointBytes() {
    for (String name : new String[] {"a 6", "b 6", "c 7"}) {
      String model = "--model-dir=$DIR/" + name.charAt(0);
      String seed = "--seed=" + name.charAt(2);
      String[] small = {"--dataset=synthetic", "--limit-train=192", "--limit-test=10", model, seed};
      assertThat(json("train", small, "--json", "--quiet").has("epochs")).isTrue();
    }
    assertThat(folder.resolve("b/epoch_0.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("a/epoch_0.safetensors"));
    assertThat(folder.resolve("c/epoch_0.safetensors"))
        .satisfies(
            c ->
                assertThat(Files.mismatch(c, folder.resolve("a/epoch_0.safetensors")))
                    .isNotEqualTo(-1));
  }

  private JsonObject json(String command, String[] common, String... more) {
    String[] all = new String[1 + common.length + more.length];
    all[0] = command;
    System.arraycopy(common, 0, all, 1, common.length);
    System.arraycopy(more, 0, all, 1 + common.length, more.length);
    assertThat(fmviz(all)).as(err).isZero();
    assertThat(err).isEmpty();
    return parse();
  }

  private JsonObject parse() {
    assertThat(out).endsWith("}" + END).hasLineCount(1);
    JsonElement parsed = JsonParser.parseString(out);
    return parsed.getAsJsonObject();
  }
}
