package io.fmviz.pipeline.cam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.fmviz.CamFixture;
import io.fmviz.SmallNetwork;
import io.fmviz.cli.Typed;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CamPipelineTest {
  @TempDir private Path folder;
  private Path out;
  private String fixed;

  @BeforeEach
  void makeACheckpoint() {
    out = folder.resolve("out");
    fixed =
        "cam --dataset synthetic --checkpoint %s --out %s "
            .formatted(SmallNetwork.checkpoint(folder, "small", "before."), out);
  }

  private static Path photo() {
    try {
      return Path.of(CamPipelineTest.class.getResource("/photo/color.png").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private Typed model(String name, String options) {
    return Typed.fmviz(
        "cam --model %s --image %s --out %s --mean none --std none "
                .formatted(CamFixture.of(name).file(), photo(), out)
            + options);
  }

  private static JsonArray maps(JsonObject result) {
    return result.getAsJsonArray("images").get(0).getAsJsonObject().getAsJsonArray("maps");
  }

  @Test
  void makesAPictureForEachImageAndASheetOfAll() throws IOException {
    JsonObject result = Typed.fmviz(fixed + "--json --samples 3").json();
    assertThat(SmallNetwork.files(out))
        .hasSize(6)
        .contains("index.html", "manifest.json", "sheet.png")
        .anyMatch(file -> file.matches("1-\\d\\.png"));
    assertThat(result.get("method").getAsString()).isEqualTo("cam");
    assertThat(result.get("sheet").getAsString()).isEqualTo("sheet.png");
    assertThat(result.getAsJsonArray("images")).hasSize(3);
    JsonObject map = maps(result).get(0).getAsJsonObject();
    assertThat(map.get("layer").getAsString()).isEqualTo("ReLU_3");
    assertThat(map.get("path").getAsString()).isEqualTo("net.7");
    double sum = 0;
    for (JsonElement row : map.getAsJsonArray("map")) {
      assertThat(row.getAsJsonArray()).hasSize(7);
      for (JsonElement value : row.getAsJsonArray()) {
        sum += value.getAsDouble();
      }
    }
    assertThat(map.get("contributions").getAsDouble()).isCloseTo(sum, within(1e-5));
    assertThat(map.get("sum").getAsDouble())
        .isCloseTo(map.get("logit").getAsDouble(), within(1e-5))
        .isCloseTo(sum + map.get("bias").getAsDouble(), within(1e-5));
    assertThat(SmallNetwork.manifest(out).getAsJsonObject("details").getAsJsonArray("images"))
        .isEqualTo(result.getAsJsonArray("images"));
  }

  @Test
  void saysWhatAddsUpToTheLogit() {
    Typed run = Typed.fmviz(fixed + "--samples 1");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .matches(
            "(?s)cam at ReLU_3 \\(net\\.7\\), 7 x 7 positions\\R"
                + "image 1 of synthetic \\(a \\d\\): predicted \\d, [0-9.]+ %\\R"
                + "  (\\d): [0-9.]+ %, logit (-?[0-9.]+);"
                + " contributions -?[0-9.]+ \\+ bias -?[0-9.]+ = \\2\\R"
                + "pictures: \\S+; look at \\S+/out/index\\.html\\R");
  }

  @Test
  void theLikeliestStandSideBySide() throws IOException {
    JsonObject result =
        Typed.fmviz(fixed + "--json --samples 1 --targets 3 --layers ReLU_1,ReLU_2").json();
    assertThat(result.get("method").getAsString()).isEqualTo("ablation");
    assertThat(result.has("sheet")).isFalse();
    JsonArray maps = maps(result);
    assertThat(maps).hasSize(6);
    assertThat(maps.get(3).getAsJsonObject().get("layer").getAsString()).isEqualTo("ReLU_2");
    assertThat(maps.get(0).getAsJsonObject().get("logit").getAsDouble())
        .isGreaterThan(maps.get(1).getAsJsonObject().get("logit").getAsDouble());
    assertThat(maps.get(0).getAsJsonObject().has("sum")).isFalse();
    String file =
        result.getAsJsonArray("images").get(0).getAsJsonObject().get("file").getAsString();
    // Four pictures of 224 pixels in a row, three with a bar; two rows.
    var picture = ImageIO.read(out.resolve(file).toFile());
    assertThat(picture.getWidth()).isGreaterThan(4 * 224);
    assertThat(picture.getHeight()).isGreaterThan(2 * 224);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean", "max", "eigen"})
  void withoutAClassThereIsOneMap(String method) {
    JsonObject result = Typed.fmviz(fixed + "--json --samples 1 --method " + method).json();
    JsonArray maps = maps(result);
    assertThat(maps).hasSize(1);
    assertThat(maps.get(0).getAsJsonObject().has("target")).isFalse();
  }

  @Test
  void aClassIsChosenByItsNameOrNumber() throws IOException {
    Path names = Files.writeString(folder.resolve("names"), "ant\nbee\ncat\n4\n");
    for (String target : new String[] {"cat", "2"}) {
      JsonObject result =
          model("linear", "--json --class-names %s --target %s".formatted(names, target)).json();
      JsonObject map = maps(result).get(0).getAsJsonObject();
      assertThat(map.get("target").getAsInt()).isEqualTo(2);
      assertThat(map.get("targetName").getAsString()).isEqualTo("cat");
    }
    JsonObject result =
        model("linear", "--json --class-names %s --target 4".formatted(names)).json();
    assertThat(maps(result).get(0).getAsJsonObject().get("target").getAsInt()).isEqualTo(3);
  }

  /** Names that a person gives go before those that the network has. */
  @Test
  void differentNamesOfAClassAreDifferentPictures() throws IOException {
    List<byte[]> pictures = new ArrayList<>();
    for (String name : List.of("\u732b", "\u72d7", "\u732b")) {
      Path names = Files.writeString(folder.resolve("names"), (name + "\n").repeat(4));
      assertThat(model("linear", "--class-names " + names).exit()).isZero();
      pictures.add(Files.readAllBytes(out.resolve("image_1-color.png")));
    }
    assertThat(pictures.get(0)).isNotEqualTo(pictures.get(1)).isEqualTo(pictures.get(2));
  }

  /** A path of any length leaves the picture as wide as it is. */
  @Test
  void aLongPathIsCutInTheMiddle() throws IOException {
    assertThat(model("linear", "").exit()).isZero();
    int width = ImageIO.read(out.resolve("image_1-color.png").toFile()).getWidth();
    Path deep = Files.createDirectories(folder.resolve("d".repeat(100) + "/" + "e".repeat(100)));
    Path copy = Files.copy(photo(), deep.resolve("color.png"));
    Typed run =
        Typed.fmviz(
            "cam --model %s --image %s --out %s --mean none --std none"
                .formatted(CamFixture.of("linear").file(), copy, out));
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(ImageIO.read(out.resolve("image_1-color.png").toFile()).getWidth())
        .isLessThanOrEqualTo(Math.max(width, 80 * 6));
  }

  /** Each pixel three times as large: so it is about as large as others are drawn. */
  @Test
  void drawsTheWholePicture() throws IOException {
    Typed run = model("linear", "--alpha 0");
    assertThat(run.exit()).as(run.err()).isZero();
    var picture = ImageIO.read(out.resolve("image_1-color.png").toFile());
    var whole = ImageIO.read(photo().toFile());
    int top = picture.getHeight() - 6 - 3 * whole.getHeight();
    for (int y = 0; y < whole.getHeight(); y++) {
      for (int x = 0; x < whole.getWidth(); x++) {
        assertThat(picture.getRGB(6 + 3 * x, top + 3 * y)).isEqualTo(whole.getRGB(x, y));
      }
    }
  }

  @Test
  void aPictureThatCanNotBeReadHasNone() throws IOException {
    Path photos = Files.createDirectories(folder.resolve("photos"));
    Files.copy(photo(), photos.resolve("a.png"));
    Files.writeString(photos.resolve("b.png"), "no picture");
    Files.copy(photo(), photos.resolve("c.png"));
    Typed run =
        Typed.fmviz(
            "cam --json --model %s --image %s --out %s"
                .formatted(CamFixture.of("linear").file(), photos, out));
    JsonObject result = run.json();
    assertThat(result.getAsJsonArray("images")).hasSize(2);
    assertThat(result.getAsJsonArray("passedOver")).hasSize(1);
    assertThat(SmallNetwork.files(out))
        .containsExactly(
            "image_1-a.png", "image_3-c.png", "index.html", "manifest.json", "sheet.png");
    assertThat(SmallNetwork.manifest(out).getAsJsonArray("files").toString())
        .isEqualTo("[\"index.html\",\"image_1-a.png\",\"image_3-c.png\",\"sheet.png\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--alpha 1.5|--alpha must be from 0 to 1, not 1.5 (see fmviz cam --help)",
        "--targets 0|--targets must be from 1 to 10, not 0 (see fmviz cam --help)",
        "--target 3 --targets 2|--target and --targets can't be used together (see fmviz cam --help)",
        "--method mean --target 3|--target chooses classes, and --method mean asks for none (see"
            + " fmviz cam --help)",
        "--method eigen --targets 3|--targets chooses classes, and --method eigen asks for none (see"
            + " fmviz cam --help)",
        "--method grad|Invalid value for option '--method': 'grad' is none of cam, ablation, gradcam,"
            + " gradcam++, layercam, hirescam, mean, max, eigen (see fmviz cam --help)",
        "--method cam --layers ReLU_1|--layers must be ReLU_3 for --method cam, since the logits are a mean of its maps: take gradcam or ablation for other layers (see fmviz cam --help)",
        "--target 10|--target must be from 0 to 9, not 10 (see fmviz cam --help)",
        "--target seven|--target takes a class's number or name; there is no class seven (see fmviz cam --help)"
      })
  void wrongUsageIsOneLineAndExitCode2(String options, String message) {
    Typed run = Typed.fmviz(fixed + options);
    assertThat(run.err()).isEqualTo("fmviz: " + message + System.lineSeparator());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  @Test
  void aNetworkThatIsNotExactIsRefusedInOneLine() {
    Typed run = model("two", "--method cam");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .endsWith(
            "fmviz: --method cam is exact or not at all: the logits of %s are not a mean over positions followed by one linear layer; take gradcam or ablation (see fmviz cam --help)%n"
                .formatted(CamFixture.of("two").file()));
    assertThat(out).doesNotExist();
  }

  @Test
  void withoutLogitsTheMeanIsUsualAndClassesAreRefused() {
    assertThat(model("maps", "--json").json().get("method").getAsString()).isEqualTo("mean");
    Typed run = model("maps", "--method ablation");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .endsWith(
            "fmviz: --method ablation asks for a class, and %s has none: take mean, max or eigen (see fmviz cam --help)%n"
                .formatted(CamFixture.of("maps").file()));
    assertThat(model("maps", "--target 1").err())
        .contains("fmviz: --target needs a network with one output of (images, classes); ");
  }

  @Test
  void whereItIsNotExactGradCamIsUsual() {
    JsonObject result = model("two", "--json").json();
    assertThat(result.get("method").getAsString()).isEqualTo("gradcam");
    assertThat(maps(result).get(0).getAsJsonObject().get("minimum").getAsDouble()).isZero();
  }

  @Test
  void aValueOfAnOutputHasACam() throws IOException {
    JsonObject result = model("maps", "--target answer[0,3] --target-reduce sum --json").json();
    assertThat(result.get("method").getAsString()).isEqualTo("gradcam");
    JsonObject map = maps(result).get(0).getAsJsonObject();
    assertThat(map.get("layer").getAsString()).isEqualTo("ReLU_2");
    assertThat(map.get("targetOutput").getAsString()).isEqualTo("answer[0,3]");
    assertThat(map.has("target")).isFalse();
    assertThat(map.get("targetValue").getAsDouble()).isNotZero();
    assertThat(SmallNetwork.manifest(out).toString()).contains("\"targetReduce\":\"sum\"");
  }

  @Test
  void aTargetThatIsNotLeavesNoFolder() {
    Typed run = model("maps", "--target boxes[0]");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .endsWith(
            "fmviz: --target takes a class, or an output with indices; the outputs are answer, not boxes (see fmviz cam --help)%n"
                .formatted());
    assertThat(out).doesNotExist();
    assertThat(model("maps", "--method eigen --target answer[0]").err())
        .contains("fmviz: --target chooses classes, and --method eigen asks for none");
    assertThat(model("two", "--target 1 --target-reduce sum").err())
        .contains(
            "fmviz: --target-reduce goes with a value of an output, and --target is a class: 1");
    assertThat(model("two", "--target-reduce sum").err())
        .contains("fmviz: --target-reduce goes with --target, of an output's values");
  }

  @Test
  void theClassifierSaysHowItGetsGradients() {
    Typed run = Typed.fmviz(fixed + "--method gradcam");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains(" has no gradients: export it as ONNX, and take them of that file");
    assertThat(out).doesNotExist();
  }
}
