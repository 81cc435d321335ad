package io.fmviz.network.onnx.gradient;

import static io.fmviz.network.onnx.SmallModel.integers;
import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.shaped;
import static io.fmviz.network.onnx.SmallModel.weight;
import static io.fmviz.network.onnx.SmallModel.with;
import static io.fmviz.network.onnx.SmallModel.withAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import io.fmviz.dataset.FloatImages;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.Gradients;
import io.fmviz.network.Gradients.Rectifier;
import io.fmviz.network.Node;
import io.fmviz.network.Target;
import io.fmviz.network.onnx.OnnxModel;
import io.fmviz.network.onnx.OnnxNetwork;
import io.fmviz.network.onnx.SmallModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxGradientsTest {
  @TempDir Path folder;

  private OnnxNetwork network(SmallModel model, int channels, int side, boolean channelsLast)
      throws IOException {
    Path file = folder.resolve("small.onnx");
    Files.write(file, model.bytes());
    return OnnxModel.read(file).network(channels, side, side, channelsLast);
  }

  private static Gradients.Slopes slopes(
      OnnxNetwork network, Target target, Set<Node> nodes, Rectifier rectifier, float... image) {
    Gradients.Request request = new Gradients.Request(target, nodes, true, rectifier);
    int side = (int) Math.sqrt((double) image.length / network.input().channels());
    FloatImages images = new FloatImages(image, network.input().channels(), side, side);
    try (Gradients gradients = network.gradients(request, Compute.onCpu(1));
        Gradients.Forward forward = gradients.forward(Batch.of(images, new int[] {0}, 0, 1))) {
      return forward.by(target);
    }
  }

  private static float[] input(OnnxNetwork network, String target, float... image) {
    return slopes(network, Target.of(target, false), Set.of(), Rectifier.GRADIENT, image).input();
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void namesTheOperatorInTheWayAndFromWhereOnThereAreGradients() throws IOException {
    SmallModel model =
        new SmallModel(
            node("Relu", "r", "x"),
            node("CumSum", "c", "r", "axis"),
            node("Tanh", "t", "c"),
            node("Neg", "y", "t"));
    OnnxNetwork network = network(model.with(integers("axis", 2)), 3, 8, false);
    assertThatThrownBy(() -> input(network, "y", ones(192)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("goes back through CumSum c, which has no rule")
        .hasMessageContaining("there are gradients from CumSum_1 (c) on");
  }

  @Test
  void saysWhatHasNoSlope() throws IOException {
    SmallModel model = new SmallModel(node("Round", "r", "x"), node("Mul", "y", "r", "x"));
    OnnxNetwork network = network(model, 3, 8, false);
    float[] image = ones(192);
    image[5] = 2.2f;
    assertThat(input(network, "y[0,0,0,5]", image)[5]).isEqualTo(2);
    Gradients.Request request =
        new Gradients.Request(Target.of("y", false), Set.of(), true, Rectifier.GRADIENT);
    try (Gradients gradients = network.gradients(request, Compute.onCpu(1))) {
      assertThat(gradients.notes())
          .containsExactly(
              "no gradient goes through Round r: its slope is zero wherever it has one");
    }
  }

  @Test
  void refusesAnOutputWithoutAnySlope() throws IOException {
    SmallModel model = new SmallModel(node("Sign", "s", "x"), node("Neg", "y", "s"));
    OnnxNetwork network = network(model, 3, 8, false);
    assertThatThrownBy(() -> input(network, "y", ones(192)))
        .hasMessageContaining("y has no gradient by what is asked for");
  }

  @Test
  void refusesOutputsThatAreNot() throws IOException {
    OnnxNetwork network = network(new SmallModel(node("Neg", "y", "x")), 3, 8, false);
    assertThatThrownBy(() -> input(network, "z[0]", ones(192)))
        .hasMessageContaining("takes a class, or an output with indices; the outputs are y, not z");
    assertThatThrownBy(
            () -> slopes(network, Target.ofClass(0), Set.of(), Rectifier.GRADIENT, ones(192)))
        .hasMessageContaining("chooses a class, and");
  }

  @Test
  void ofSeveralValuesTheLargestCountsOrTheirSum() throws IOException {
    OnnxNetwork network =
        network(new SmallModel(node("Mul", "y", "x", "x")).ofPictures(1, 1, 2, 2), 1, 2, false);
    assertThat(input(network, "y", 1, 3, -2, 4)).containsExactly(0, 0, -0f, 8);
    Target sum = Target.of("y[0,0,:,0]", true);
    Gradients.Slopes slopes = slopes(network, sum, Set.of(), Rectifier.GRADIENT, 1, 3, -2, 0);
    assertThat(slopes.input()).containsExactly(2, 0, -4, 0);
    assertThat(slopes.value()).isEqualTo(5);
  }

  @Test
  void rectifiersLetThroughWhatTheirPapersSay() throws IOException {
    SmallModel model =
        new SmallModel(node("Relu", "r", "x"), node("Mul", "m", "r", "w"), node("Neg", "y", "m"))
            .ofPictures(1, 1, 2, 2)
            .with(shaped(reals("w", -1, 2, -3, 4), 1, 1, 2, 2));
    OnnxNetwork network = network(model, 1, 2, false);
    Target sum = Target.of("y", true);
    float[] image = {1, 1, -1, -1};
    assertThat(slopes(network, sum, Set.of(), Rectifier.GRADIENT, image).input())
        .containsExactly(1, -2, 0, 0);
    assertThat(slopes(network, sum, Set.of(), Rectifier.GUIDED, image).input())
        .containsExactly(1, 0, 0, 0);
    assertThat(slopes(network, sum, Set.of(), Rectifier.DECONVNET, image).input())
        .containsExactly(1, 0, 3, 0);
  }

  @Test
  void gradientsOfMapsWithChannelsLastHaveThemFirst() throws IOException {
    SmallModel model =
        new SmallModel(
                withAll(node("Transpose", "t", "x"), "perm", 0, 3, 1, 2),
                node("Conv", "c", "t", "w"),
                node("Relu", "y", "c"))
            .ofPictures(1, 8, 8, 3)
            .with(weight("w", 1, 3, 1, 1));
    OnnxNetwork network = network(model, 3, 8, true);
    float[] gradient = input(network, "y[0,0,0,1]", ones(192));
    assertThat(new float[] {gradient[1], gradient[65], gradient[129]}).containsExactly(1, 2, 3);
    assertThat(Arrays.copyOf(gradient, 1)).containsExactly(0);
  }

  @Test
  void aNetworkOfSeveralImagesAtOnceGetsOneAsOften() throws IOException {
    SmallModel model = new SmallModel(node("Mul", "y", "x", "x")).ofPictures(3, 1, 2, 2);
    assertThat(input(network(model, 1, 2, false), "y[0]", 1, 3, -2, 4))
        .containsExactly(0, 0, -0f, 8);
  }

  @Test
  void gradientsByLayersAreOfTheirShape() throws IOException {
    SmallModel model =
        new SmallModel(
                node("Conv", "c", "x", "w"),
                node("Relu", "r", "c"),
                node("GlobalAveragePool", "g", "r"),
                node("Flatten", "f", "g"),
                with(node("Gemm", "y", "f", "v"), "transB", 1L))
            .with(weight("w", 2, 3, 1, 1), weight("v", 3, 2));
    OnnxNetwork network = network(model, 3, 8, false);
    Node relu = network.nodes().get(1);
    assertThat(network.withoutGradients(List.of(relu))).isEmpty();
    Gradients.Slopes slopes =
        slopes(network, Target.ofClass(2), Set.of(relu), Rectifier.GRADIENT, ones(192));
    float[] expected = new float[128];
    Arrays.fill(expected, 0, 64, 5 / 64f);
    Arrays.fill(expected, 64, 128, 6 / 64f);
    assertThat(slopes.nodes().get(relu)).containsExactly(expected);
    assertThat(slopes.value()).isEqualTo(5 * 6 + 6 * 15);
    assertThatThrownBy(
            () -> slopes(network, Target.ofClass(3), Set.of(), Rectifier.GRADIENT, ones(192)))
        .hasMessageContaining("must be from 0 to 2, not 3");
  }
}
