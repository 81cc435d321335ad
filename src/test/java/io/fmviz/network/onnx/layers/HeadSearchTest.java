package io.fmviz.network.onnx.layers;

import static io.fmviz.network.onnx.SmallModel.call;
import static io.fmviz.network.onnx.SmallModel.function;
import static io.fmviz.network.onnx.SmallModel.integers;
import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.shaped;
import static io.fmviz.network.onnx.SmallModel.small;
import static io.fmviz.network.onnx.SmallModel.smallWeight;
import static io.fmviz.network.onnx.SmallModel.weight;
import static io.fmviz.network.onnx.SmallModel.with;
import static io.fmviz.network.onnx.SmallModel.withAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.dataset.FloatImages;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.LinearHead;
import io.fmviz.network.Session;
import io.fmviz.network.onnx.OnnxModel;
import io.fmviz.network.onnx.OnnxNetwork;
import io.fmviz.network.onnx.SmallModel;
import io.fmviz.network.onnx.file.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HeadSearchTest {
  private static final NodeProto RELU = node("Relu", "r", "x");
  private static final NodeProto MEAN = node("GlobalAveragePool", "g", "r");
  private static final NodeProto FLAT = node("Flatten", "f", "g");
  private static final NodeProto LINEAR = node("Gemm", "y", "f", "w", "b");

  @TempDir private Path folder;

  /** Of three maps and five classes. */
  private static SmallModel model(NodeProto... nodes) {
    return new SmallModel(nodes)
        .ofAnyBatch()
        .with(weight("w", 3, 5), weight("turned", 5, 3), reals("b", 1, -2, 3, -4, 5))
        .with(reals("same", 2), smallWeight("q", ElementType.INT8, 3, 5), reals("s", 0.5))
        .with(reals("each", 1, 2, 3, 4, 5), small("zeros", ElementType.INT8, 0, 1, 2, 3, 4))
        .with(integers("row", 0, -1), integers("no pads", 0, 0, 0, 0, 0, 0, 0, 0))
        .with(integers("pads", 0, 0, 1, 1, 0, 0, 1, 1), shaped(reals("1x5", 5, 4, 3, 2, 1), 1, 5));
  }

  private static NodeProto pool(String input, long side) {
    return withAll(node("AveragePool", "g", input), "kernel_shape", side, side);
  }

  private static NodeProto mean(long... axes) {
    return withAll(node("ReduceMean", "g", "r"), "axes", axes);
  }

  private OnnxNetwork network(SmallModel model) throws IOException {
    Path file = folder.resolve("head.onnx");
    Files.write(file, model.bytes());
    return OnnxModel.read(file).network(3, 8, 8, false);
  }

  static Stream<Arguments> heads() {
    NodeProto scaled = with(with(LINEAR, "alpha", 0.5f), "beta", 2f);
    NodeProto product = node("MatMul", "p", "f", "w");
    return Stream.of(
        Arguments.of("Gemm", model(RELU, MEAN, FLAT, LINEAR)),
        Arguments.of(
            "Sigmoid",
            model(RELU, MEAN, FLAT, node("Gemm", "l", "f", "w", "b"), node("Sigmoid", "y", "l"))),
        Arguments.of("alpha and beta", model(RELU, MEAN, FLAT, scaled)),
        Arguments.of(
            "transposed",
            model(RELU, MEAN, FLAT, with(node("Gemm", "y", "f", "turned", "b"), "transB", 1))),
        Arguments.of(
            "one bias for all",
            model(RELU, MEAN, FLAT, with(node("Gemm", "y", "f", "w", "same"), "beta", 3f))),
        Arguments.of("no bias", model(RELU, MEAN, FLAT, node("Gemm", "y", "f", "w"))),
        Arguments.of("MatMul", model(RELU, MEAN, FLAT, node("MatMul", "y", "f", "w"))),
        Arguments.of("MatMul, Add", model(RELU, MEAN, FLAT, product, node("Add", "y", "p", "b"))),
        Arguments.of("Add, MatMul", model(RELU, MEAN, FLAT, product, node("Add", "y", "1x5", "p"))),
        Arguments.of(
            "mean", model(RELU, with(mean(-1, 2), "keepdims", 0), node("Gemm", "y", "g", "w"))),
        Arguments.of("mean that keeps sides", model(RELU, mean(2, 3), FLAT, LINEAR)),
        Arguments.of(
            "average after no padding",
            model(
                RELU,
                node("Pad", "n", "r", "no pads"),
                pool("n", 8),
                node("Reshape", "f", "g", "row"),
                LINEAR)),
        Arguments.of(
            "quantized weight",
            model(
                node("DequantizeLinear", "d", "q", "each", "zeros"),
                with(node("Cast", "e", "d"), "to", 11),
                with(node("Cast", "c", "e"), "to", 1),
                RELU,
                MEAN,
                FLAT,
                node("Gemm", "y", "f", "c", "b"))),
        Arguments.of(
            "softmax",
            model(RELU, MEAN, FLAT, node("Gemm", "l", "f", "w"), node("Softmax", "y", "l"))),
        Arguments.of(
            "identity",
            model(
                RELU,
                node("Identity", "i", "r"),
                node("GlobalAveragePool", "g", "i"),
                FLAT,
                LINEAR)),
        Arguments.of("means alone", model(RELU, MEAN, node("Flatten", "y", "g"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("heads")
  void logitsAreTheProductOfWeightsAndMeans(String name, SmallModel model) throws IOException {
    OnnxNetwork network = network(model);
    LinearHead head = network.head().orElseThrow();
    assertThat(head.node().name()).isEqualTo("ReLU_1");
    Random random = new Random(1);
    float[] pixels = new float[2 * 3 * 64];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat() * 2 - 1;
    }
    double[][] means = new double[2][3];
    float[] logits;
    try (Session session = network.start(Compute.onCpu(1))) {
      logits =
          session.run(
              Batch.of(new FloatImages(pixels, 3, 8, 8), new int[] {0, 0}, 0, 2),
              Set.of(head.node()),
              (node, maps) -> {
                for (int i = 0; i < 2 * 3 * 64; i++) {
                  means[i / 192][i / 64 % 3] += maps.get(i) / 64;
                }
              });
    }
    int classes = network.classes();
    assertThat(logits).hasSize(2 * classes);
    for (int i = 0; i < logits.length; i++) {
      double[] weights = head.weights(i % classes);
      double expected = head.bias(i % classes);
      for (int k = 0; k < 3; k++) {
        expected += weights[k] * means[i / classes][k];
      }
      assertThat(logits[i]).isCloseTo((float) expected, within(1e-4f));
    }
  }

  @Test
  void weightsAndBiasesAreTheFiles() throws IOException {
    LinearHead head = network(model(RELU, MEAN, FLAT, LINEAR)).head().orElseThrow();
    assertThat(head.weights(1)).containsExactly(2, 7, 12);
    assertThat(head.bias(3)).isEqualTo(-4);
    assertThat(
            network(model(RELU, MEAN, node("Flatten", "y", "g"))).head().orElseThrow().weights(2))
        .containsExactly(0, 0, 1);
  }

  static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of("maxima", model(RELU, node("GlobalMaxPool", "g", "r"), FLAT, LINEAR)),
        Arguments.of(
            "an activation between",
            model(RELU, MEAN, FLAT, node("Relu", "h", "f"), node("Gemm", "y", "h", "w"))),
        Arguments.of(
            "an activation at the end",
            model(RELU, MEAN, FLAT, node("Gemm", "l", "f", "w"), node("Tanh", "y", "l"))),
        Arguments.of(
            "a part of the maps",
            model(RELU, withAll(pool("r", 4), "strides", 8, 8), FLAT, LINEAR)),
        Arguments.of(
            "padded",
            model(
                RELU,
                withAll(withAll(pool("r", 8), "pads", 1, 1, 1, 1), "strides", 8, 8),
                FLAT,
                LINEAR)),
        Arguments.of(
            "padded apart",
            model(
                RELU,
                node("Pad", "p", "r", "pads"),
                withAll(pool("p", 8), "strides", 8, 8),
                FLAT,
                LINEAR)),
        Arguments.of(
            "a mean over channels",
            model(
                    node("Conv", "c", "x", "eight"),
                    node("Relu", "r", "c"),
                    mean(1, 2),
                    FLAT,
                    node("Gemm", "y", "f", "last"))
                .with(weight("eight", 8, 3, 1, 1), weight("last", 8, 5))),
        Arguments.of(
            "a product of what is turned",
            model(RELU, MEAN, FLAT, with(LINEAR, "transA", 1)).ofPictures(3, 3, 8, 8)),
        Arguments.of(
            "a computed weight",
            model(
                RELU,
                MEAN,
                FLAT,
                with(node("ReduceMax", "h", "x"), "keepdims", 0),
                node("Add", "v", "w", "h"),
                node("MatMul", "y", "f", "v"))),
        Arguments.of(
            "another's mean",
            model(RELU, call("GlobalAveragePool", "g", "r", "b"), FLAT, LINEAR)
                .with(function("GlobalAveragePool", node("GlobalMaxPool", "b", "a")))),
        Arguments.of(
            "another's product",
            model(RELU, MEAN, FLAT, call("MatMul", "y", "f", "w"))
                .with(function("MatMul", node("Neg", "n", "a"), node("MatMul", "b", "n", "k")))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void everyOtherEndIsNone(String name, SmallModel model) throws IOException {
    OnnxNetwork network = network(model);
    assertThat(network.classes()).isEqualTo(5);
    assertThat(network.head()).isEqualTo(Optional.empty());
  }
}
