package io.fmviz.pipeline.visualize;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.fmviz.SmallNetwork;
import io.fmviz.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What visualize writes with its options, on a small network and synthetic digits. */
class VisualizePipelineTest {
  @TempDir private Path folder;
  private Path out;
  private String fixed;

  @BeforeEach
  void makeACheckpoint() {
    out = folder.resolve("out");
    fixed =
        "visualize --checkpoint %s --out %s "
            .formatted(SmallNetwork.checkpoint(folder, "small", "before."), out);
  }

  private Typed visualize(String options) {
    return Typed.fmviz(fixed + SmallNetwork.data(options));
  }

  private List<String> samples() throws IOException {
    JsonObject manifest = SmallNetwork.manifest(out);
    return StreamSupport.stream(manifest.getAsJsonArray("details").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .map(sample -> sample.get("index") + "-" + sample.get("label"))
        .toList();
  }

  @Test
  void writesTheChosenSidesOfTheChosenLayersInEveryFormat() throws IOException {
    JsonObject result =
        visualize(
                "--json --samples 1 --layers Conv2d_2,Ada* --capture output,input --format"
                    + " png,npy,npz --input")
            .json();
    assertThat(SmallNetwork.files(out))
        .containsExactly(
            "1-0/AdaptiveAvgPool2d_1-input.npy",
            "1-0/AdaptiveAvgPool2d_1-input.png",
            "1-0/AdaptiveAvgPool2d_1.npy",
            "1-0/AdaptiveAvgPool2d_1.png",
            "1-0/Conv2d_2-input.npy",
            "1-0/Conv2d_2-input.png",
            "1-0/Conv2d_2.npy",
            "1-0/Conv2d_2.png",
            "1-0/index.html",
            "1-0/input.npy",
            "1-0/input.png",
            "1-0/maps.npz",
            "index.html",
            "manifest.json");
    assertThat(result.get("pictures").getAsInt()).isEqualTo(11);
    // The second convolution reads 2 maps of 14 x 14 and writes 4; 8 rows, 2 pixels between.
    assertThat(size("1-0/Conv2d_2-input.png")).isEqualTo("34x18");
    assertThat(size("1-0/Conv2d_2.png")).isEqualTo("66x18");
    assertThat(size("1-0/input.png")).isEqualTo("28x28");
    assertThat(Files.size(out.resolve("1-0/Conv2d_2.npy"))).isEqualTo(128 + 4 * 4 * 14 * 14);
    JsonObject options = SmallNetwork.manifest(out).getAsJsonObject("options");
    assertThat(options.toString())
        .isEqualTo(
            "{\"samples\":1,\"start\":1,\"misclassified\":false,\"layers\":[\"Conv2d_2\",\"Ada*\"],"
                + "\"capture\":[\"output\",\"input\"],\"format\":[\"png\",\"npy\",\"npz\"],"
                + "\"input\":true,\"nrow\":8,\"padding\":2,\"padValue\":0.5,\"normalize\":\"none\","
                + "\"colormap\":\"gray\",\"scale\":1,\"label\":false}");
  }

  private String size(String file) throws IOException {
    var image = ImageIO.read(out.resolve(file).toFile());
    return image.getWidth() + "x" + image.getHeight();
  }

  @Test
  void drawsColoursScalesAndLabels() throws IOException {
    assertThat(
            visualize("--samples 1 --layers ReLU_2 --colormap magma --normalize map --scale 3")
                .exit())
        .isZero();
    assertThat(size("1-0/ReLU_2.png")).isEqualTo(3 * 66 + "x" + 3 * 18);
    assertThat(visualize("--samples 1 --layers ReLU_2 --label").exit()).isZero();
    // Four maps of 14 x 14 pixels, twice as large so that they can be told apart.
    assertThat(size("1-0/ReLU_2.png")).isEqualTo("122x" + (10 + 28 + 2));
    assertThat(visualize("--samples 1 --layers ReLU_2 --label --scale 1").exit()).isZero();
    assertThat(size("1-0/ReLU_2.png")).isEqualTo("66x" + (10 + 14 + 2));
  }

  private JsonObject picture(int number) throws IOException {
    return SmallNetwork.manifest(out)
        .getAsJsonArray("details")
        .get(0)
        .getAsJsonObject()
        .getAsJsonArray("pictures")
        .get(number)
        .getAsJsonObject();
  }

  @Test
  void saysWhichPicturesAreEqualAndWhatTellsThemApart() throws IOException {
    Typed run = visualize("--samples 3 --layers Conv2d_1,ReLU_1");
    assertThat(run.err())
        .contains(
            "3 pictures are equal to another of the same image, such as ReLU_1.png to Conv2d_1.png: 0 and less is black, 1 and more is white; --normalize layer shows the difference");
    assertThat(picture(0).has("equalTo")).isFalse();
    assertThat(picture(1).get("equalTo").getAsString()).isEqualTo("1-0/Conv2d_1.png");
    assertThat(Files.mismatch(out.resolve("1-0/Conv2d_1.png"), out.resolve("1-0/ReLU_1.png")))
        .isEqualTo(-1);
    run = visualize("--samples 3 --layers Conv2d_1,ReLU_1 --normalize layer");
    assertThat(run.err()).doesNotContain("equal");
    assertThat(picture(1).has("equalTo")).isFalse();
    assertThat(Files.mismatch(out.resolve("1-0/Conv2d_1.png"), out.resolve("1-0/ReLU_1.png")))
        .isNotNegative();
  }

  /** What a layer was given is what the one before it made; another picture lies between. */
  @Test
  void saysThatPicturesAreEqualAsTheirValuesAre() throws IOException {
    String options = "--samples 1 --layers Conv2d_2,ReLU_1 --capture input,output --normalize map";
    assertThat(visualize(options + " --quiet").err()).isEmpty();
    assertThat(visualize("--samples 1 --layers ReLU_1,MaxPool2d_1 --capture input,output").err())
        .contains("equal to another of the same image");
    assertThat(
            visualize("--samples 1 --layers ReLU_1,MaxPool2d_1 --capture output,input --nrow 2")
                .exit())
        .isZero();
    assertThat(picture(3).get("layer").getAsString()).isEqualTo("MaxPool2d_1-input");
    assertThat(picture(3).get("equalTo").getAsString()).isEqualTo("1-0/ReLU_1.png");
    String line =
        visualize("--samples 1 --layers MaxPool2d_1,ReLU_1 --capture output,input --normalize map")
            .err();
    assertThat(line)
        .contains(
            "1 picture is equal to another of the same image, MaxPool2d_1-input.png to ReLU_1.png: their values are equal too");
  }

  @Test
  void marksZeroWhereItIsAskedTo() throws IOException {
    assertThat(
            visualize(
                    "--samples 1 --layers Conv2d_2,ReLU_2 --colormap auto --normalize layer --scale auto")
                .exit())
        .isZero();
    JsonObject conv = picture(0).getAsJsonObject("colors");
    double most =
        Math.max(-picture(0).get("minimum").getAsDouble(), picture(0).get("maximum").getAsDouble());
    assertThat(conv.get("colormap").getAsString()).isEqualTo("coolwarm");
    assertThat(conv.get("to").getAsDouble()).isCloseTo(most, Offset.offset(1e-6));
    assertThat(conv.get("from").getAsDouble()).isEqualTo(-conv.get("to").getAsDouble());
    JsonObject relu = picture(1).getAsJsonObject("colors");
    assertThat(relu.get("colormap").getAsString()).isEqualTo("magma");
    assertThat(relu.get("from").getAsDouble()).isZero();
    assertThat(size("1-0/ReLU_2.png")).isEqualTo(4 * 30 + 2 + "x" + 32);
  }

  @Test
  void refusesAPictureThatNoMemoryHoldsAndKeepsTheOldOnes() throws IOException {
    assertThat(visualize("--samples 1 --layers ReLU_3").exit()).isZero();
    Typed run = visualize("--quiet --samples 1 --layers ReLU_3 --padding 4096 --scale 4");
    assertThat(run.exit()).isEqualTo(2);
    // Eight maps of 7 pixels and nine gaps of 4,096, before it is scaled.
    assertThat(run.err())
        .isEqualTo(
            "fmviz: a picture would be 36,920 pixels wide and 8,199 high, more than fmviz draws: take a smaller --scale or --padding, or fewer images (see fmviz visualize --help)%n"
                .formatted());
    assertThat(SmallNetwork.files(out))
        .containsExactly("1-0/ReLU_3.png", "1-0/index.html", "index.html", "manifest.json");
  }

  @Test
  void choosesImagesByNumberClassAndMistake() throws IOException {
    assertThat(visualize("--layers Ada* --indices 3,17,40-42").out()).startsWith("5 pictures of 5");
    List<String> named = samples();
    assertThat(named).hasSize(5).allMatch(s -> s.matches("(3|17|40|41|42)-\\d"));
    assertThat(visualize("--layers Ada* --class 7 --samples 3").exit()).isZero();
    assertThat(samples()).hasSize(3).allMatch(s -> s.endsWith("-7"));
    assertThat(visualize("--layers Ada* --misclassified --samples 4").exit()).isZero();
    JsonObject manifest = SmallNetwork.manifest(out);
    assertThat(manifest.getAsJsonArray("details"))
        .hasSize(4)
        .allSatisfy(
            s ->
                assertThat(s.getAsJsonObject().get("predicted"))
                    .isNotEqualTo(s.getAsJsonObject().get("label")));
  }

  @Test
  void looksAtPicturesOfTheUsers() throws IOException {
    assertThat(visualize("--samples 1 --input --scale 9 --layers Ada*").exit()).isZero();
    Path picture = folder.resolve("my digit.png");
    Files.copy(out.resolve("1-0/input.png"), picture);
    Path renamed = Files.move(picture, folder.resolve("my.digit.png"));
    JsonObject result =
        visualize("--json --layers Ada* --input --image " + renamed + " --format npy").json();
    assertThat(result.has("dataset")).isFalse();
    assertThat(SmallNetwork.files(out))
        .containsExactly(
            "image_1-my_digit/AdaptiveAvgPool2d_1.npy",
            "image_1-my_digit/index.html",
            "image_1-my_digit/input.npy",
            "index.html",
            "manifest.json");
    JsonObject sample =
        SmallNetwork.manifest(out).getAsJsonArray("details").get(0).getAsJsonObject();
    assertThat(sample.get("source").getAsString()).isEqualTo(renamed.toString());
    assertThat(sample.has("label")).isFalse();
    assertThat(sample.get("predicted").getAsInt()).isBetween(0, 9);
    assertThat(result.get("predictions").toString())
        .isEqualTo(
            "[{\"source\":\"%s\",\"predicted\":%s,\"probability\":%s}]"
                .formatted(renamed, sample.get("predicted"), sample.get("probability")));
    assertThat(visualize("--json --samples 1 --layers Ada*").json().has("predictions")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--index 3,2001|2|--index asks for image 2001, but synthetic has 2,000 test images: give a"
            + " number from 1 to 2,000",
        "--indices 3,2001|2|--indices asks for image 2001, but synthetic has 2,000 test images: give a"
            + " number from 1 to 2,000",
        "--start 2001 --class 5|2|--start 2001 asks for image 2001, but synthetic has 2,000 test"
            + " images: give a number from 1 to 2,000",
        "--index 1 --class 5|1|1 image looked at, and none is of class 5: choose others",
        "--layers Linear_1|2|--layers Linear_1: this layer has no maps; those with maps are"
            + " Conv2d_1, ReLU_1, MaxPool2d_1, Conv2d_2, ReLU_2, MaxPool2d_2, Conv2d_3, ReLU_3,"
            + " AdaptiveAvgPool2d_1",
        "--maps 8-9 --layers Conv2d_1|2|--maps 8-9: Conv2d_1 has 2 maps, counted from 0",
        "--device cuda:99|2|--device cuda:99: PyTorch finds no CUDA device here; give --device cpu, or see"
            + " the README on CUDA",
        "--image nowhere.png|1|there is no image nowhere.png: give a picture (PNG, JPEG, GIF, BMP, WebP or TIFF), or a folder of pictures"
      })
  void saysInOneLineWhatIsNotThereAndWritesNothing(String options, int exit, String message) {
    Typed run = visualize(options);
    assertThat(run.exit()).isEqualTo(exit);
    assertThat(run.err().lines().filter(line -> line.startsWith("fmviz:")))
        .containsExactly("fmviz: " + message + (exit == 2 ? " (see fmviz visualize --help)" : ""));
    assertThat(out).doesNotExist();
  }

  @Test
  void takesAllWhereFewerAreThereThanMayBeTaken() {
    assertThat(visualize("--json --start 1999 --layers Ada*").json().get("samples").getAsInt())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--colormap jet|Invalid value for option '--colormap': 'jet' is none of gray, viridis,"
            + " magma, coolwarm, auto",
        "--normalize MAP|Invalid value for option '--normalize': 'MAP' is none of none, map, layer",
        "--indices 5-3|--indices has a range that goes backwards: 5-3",
        "--layers ,|--layers takes names, paths, globs and types separated by commas,"
            + " such as Conv2d_2,ReLU_*,net.3,MaxPool2d; it has an empty entry"
      })
  void wrongUsageIsOneLineAndExitCode2(String options, String message) {
    Typed run = visualize(options);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("fmviz: " + message + " (see fmviz visualize --help)" + System.lineSeparator());
  }
}
