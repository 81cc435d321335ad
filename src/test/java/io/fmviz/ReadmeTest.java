package io.fmviz;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.fmviz.dataset.FloatImages;
import io.fmviz.forward.ForwardListeners;
import io.fmviz.library.FeatureExtractor;
import io.fmviz.library.Gradient;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.InputForm;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import io.fmviz.network.torch.BlockNetwork;
import io.fmviz.pipeline.FeatureMaps;
import io.fmviz.probe.MapNodes;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What library.md says of fmviz as a library, compiled and run. */
class ReadmeTest {
  private static final Pattern CODE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final PrintStream OUT = System.out;

  @TempDir private Path folder;

  /** The lines of library.md, word for word, as all examples here. */
  private void file(Path model, Path photo) {
    try (FeatureExtractor network = FeatureExtractor.open(model).layers("ReLU_*")) {
      Map<String, FeatureMaps> maps = network.extract(photo);
      maps.forEach(
          (layer, each) ->
              System.out.printf(
                  "%s: %d maps of %d x %d, mean %.3f%n",
                  layer, each.channels(), each.height(), each.width(), each.mean()));
      float first = maps.get("ReLU_1").values()[0];
      network.write(folder, photo);
      assertThat(first).isNotNegative();
    }
  }

  private void blocks(Block block, float[] pixels) {
    Network resnet = new BlockNetwork("resnet", block, new InputForm(3, 64, 64));
    try (FeatureExtractor network = FeatureExtractor.of(resnet)) {
      network.write(folder, pixels);
    }
  }

  private float[] without(Network resnet, float[] pixels) {
    try (Session session = resnet.start(Compute.onCpu(2))) {
      Batch batch = Batch.of(new FloatImages(pixels, 3, 64, 64), new int[] {0}, 0, 1);
      Map<Node, Set<Integer>> off = Map.of(resnet.nodes().get(0), Set.of(0, 5));
      return session.run(batch, off, Set.of(), (node, values) -> {});
    }
  }

  @SuppressWarnings("try") // Listeners are there to be closed.
  private void listen(Block block, ParameterStore parameterStore, NDArray images) {
    try (ForwardListeners listeners =
        ForwardListeners.attach(
            block,
            layer -> layer.type().equals("Conv2d"),
            (layer, inputs, output) ->
                System.out.println(layer.name() + " " + output.singletonOrThrow().getShape()))) {
      block.forward(parameterStore, new NDList(images), false);
    }
  }

  private static String words(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }

  private static String printed(Runnable example) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    example.run();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @AfterEach
  void printAsBefore() {
    System.setOut(OUT);
  }

  @Test
  void holdsCodeThatIsCompiledHere() throws IOException {
    String here = words(Files.readString(Path.of("src/test/java/io/fmviz/ReadmeTest.java")));
    String document = Files.readString(Path.of("src/docs/library.md"));
    assertThat(CODE.matcher(document).results().map(MatchResult::group)).hasSize(5);
    assertThat(CODE.matcher(document).results())
        .allSatisfy(
            code ->
                // Assertions may stand before the brace at the end.
                assertThat(here).contains(words(code.group(1).replaceFirst("}\\s*$", ""))));
  }

  private static float[] gradient(Network network, float[] pixels) {
    try (Gradient gradient = Gradient.of(network, "output[0,2]")) {
      Gradient.Floats byPixels = gradient.at(pixels);
      return byPixels.values();
    }
  }

  @Test
  void takesGradients() throws URISyntaxException {
    Path model = Path.of(getClass().getResource("/onnx/folded.onnx").toURI());
    try (FeatureExtractor network = FeatureExtractor.open(model)) {
      InputForm form = network.network().input();
      float[] pixels = new float[2 * form.channels() * form.height() * form.width()];
      float[] slopes = gradient(network.network(), pixels);
      assertThat(slopes).hasSameSizeAs(pixels);
      int half = slopes.length / 2;
      assertThat(Arrays.copyOf(slopes, half))
          .containsExactly(Arrays.copyOfRange(slopes, half, slopes.length));
    }
  }

  @Test
  void opensAFile() throws URISyntaxException {
    Path model = Path.of(getClass().getResource("/onnx/folded.onnx").toURI());
    Path photo = Path.of(getClass().getResource("/photo/color.png").toURI());
    assertThat(printed(() -> file(model, photo)).lines())
        .hasSize(5)
        .allMatch(line -> line.matches("ReLU_\\d: \\d+ maps of \\d+ x \\d+, mean \\d\\.\\d{3}"));
    assertThat(folder.resolve("image_1-color/ReLU_1.png")).exists();
  }

  @Test
  void drawsTheMapsOfANetworkOfTheZoo() throws IOException {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = Zoo.resnet(manager, 18, 64, 100);
      blocks(block, Zoo.stripes(64));
      Network resnet = new BlockNetwork("resnet", block, new InputForm(3, 64, 64));
      assertThat(MapNodes.of(resnet)).hasSize(84);
      for (Node node : MapNodes.of(resnet)) {
        BufferedImage picture = ImageIO.read(folder.resolve("1/" + node + ".png").toFile());
        assertThat(picture.getHeight()).as(node.name()).isGreaterThan(24);
      }
      assertThat(without(resnet, Zoo.stripes(64))).hasSize(100);
    }
  }

  @Test
  void tellsWhatLayersMake() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = Zoo.resnet(manager, 18, 64, 100);
      NDArray images = manager.zeros(new Shape(1, 3, 64, 64));
      assertThat(printed(() -> listen(block, new ParameterStore(manager, false), images)).lines())
          .hasSize(29)
          .first()
          .isEqualTo("Conv2d_1 (1, 64, 32, 32)");
    }
  }
}
