package io.fmviz.serve;

import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.shaped;
import static io.fmviz.network.onnx.SmallModel.with;
import static io.fmviz.network.onnx.SmallModel.withAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.fmviz.dataset.FloatImages;
import io.fmviz.network.Compute;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import io.fmviz.network.onnx.OnnxModel;
import io.fmviz.network.onnx.OnnxNetwork;
import io.fmviz.network.onnx.SmallModel;
import io.fmviz.pipeline.PictureReader;
import io.fmviz.serve.ValueOrigin.Explanation;
import io.fmviz.serve.ValueOrigin.Term;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against convolutions that are worked out by hand. */
class ValueOriginTest {
  /** Rows of 3: 1 to 9, and ten times as much. */
  private static final float[] TWO_CHANNELS = {
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90
  };

  private static final float[] SOBEL = {1, 0, -1, 2, 0, -2, 1, 0, -1};
  private static final float[] HALF = {0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f};

  @TempDir private Path folder;
  private OnnxNetwork network;
  private Session session;
  private ServedLayers layers;
  private float[] image;
  private int[] sides;

  /** A network of some operators, on an image of so many channels and rows. */
  private void open(int channels, int side, float[] values, SmallModel model) throws IOException {
    Path file =
        Files.write(
            folder.resolve("small.onnx"), model.ofPictures(1, channels, side, side).bytes());
    network = OnnxModel.read(file).network(channels, side, side, false);
    session = network.start(Compute.onCpu(1));
    layers = new ServedLayers(network);
    image = values;
    sides = new int[] {channels, side};
  }

  @AfterEach
  void close() {
    session.close();
  }

  private Explanation explain(String layer, int channel, int row, int column, String off) {
    Node node = network.nodes().stream().filter(n -> n.name().equals(layer)).findFirst().get();
    ForwardPass pass =
        new ForwardPasses(session, layers)
            .of(
                new SentPictures.Sent(
                    1,
                    new PictureReader.One(
                        new FloatImages(image, sides[0], sides[1], sides[1]), null)),
                layers.off(off),
                ValueOrigin.needed(node));
    return new ValueOrigin(network, layers, pass)
        .of(new ServedLayers.One(node, channel), row, column);
  }

  private Explanation explain(String layer, int channel, int row, int column) {
    return explain(layer, channel, row, column, "");
  }

  private static TensorProto weight(float[] values, long... shape) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return shaped(reals("w", doubles), shape);
  }

  private static float[] joined(float[]... parts) {
    float[] all = new float[0];
    for (float[] part : parts) {
      int before = all.length;
      all = Arrays.copyOf(all, before + part.length);
      System.arraycopy(part, 0, all, before, part.length);
    }
    return all;
  }

  /** 3 x 3 at every second position, with an edge of one zero. */
  private static NodeProto strided() {
    NodeProto conv = withAll(node("Conv", "c", "x", "w", "b"), "strides", 2, 2);
    return withAll(conv, "pads", 1, 1, 1, 1);
  }

  private void openStrided() throws IOException {
    open(
        2,
        3,
        TWO_CHANNELS,
        new SmallModel(strided(), node("Relu", "y", "c"))
            .with(weight(joined(SOBEL, HALF), 1, 2, 3, 3), shaped(reals("b", 0.25), 1)));
  }

  private static void assertTerm(
      Term term, Integer layer, int channel, double sum, float[] window, float[] kernel) {
    assertThat(term.layer()).isEqualTo(layer);
    assertThat(term.channel()).isEqualTo(channel);
    assertThat(term.size()).isEqualTo(3);
    assertThat(term.sum()).isEqualTo(sum);
    assertThat(term.window()).containsExactly(window);
    assertThat(term.kernel()).containsExactly(kernel);
  }

  @Test
  void aConvolutionIsKernelTimesWindowWithZerosBeyondTheEdge() throws IOException {
    openStrided();
    Explanation corner = explain("Conv2d_1", 0, 0, 0);
    assertThat(corner.layer()).isZero();
    assertThat(corner.map()).isZero();
    assertThat(corner.value()).isEqualTo(51.25f);
    assertThat(corner.terms()).hasSize(2);
    // The larger sum first: half of 10 + 20 + 40 + 50.
    assertTerm(
        corner.terms().get(0), null, 1, 60, new float[] {0, 0, 0, 0, 10, 20, 0, 40, 50}, HALF);
    // 2 * 0 - 2 * 2 in the middle row, 0 - 5 in the last one.
    assertTerm(corner.terms().get(1), null, 0, -9, new float[] {0, 0, 0, 0, 1, 2, 0, 4, 5}, SOBEL);
    assertThat(corner.others()).isNull();
    assertThat(corner.rest()).isEqualTo(0.25);
  }

  @Test
  void theWindowGoesOnByTheStride() throws IOException {
    openStrided();
    Explanation last = explain("Conv2d_1", 0, 1, 1);
    assertThat(last.row()).isEqualTo(1);
    assertThat(last.column()).isEqualTo(1);
    assertThat(last.value()).isEqualTo(161.25f);
    assertTerm(
        last.terms().get(0), null, 1, 140, new float[] {50, 60, 0, 80, 90, 0, 0, 0, 0}, HALF);
    // 5 - 0 in the first row, 2 * 8 - 0 in the next.
    assertTerm(last.terms().get(1), null, 0, 21, new float[] {5, 6, 0, 8, 9, 0, 0, 0, 0}, SOBEL);
    assertThat(explain("Conv2d_1", 0, 0, 1).terms().get(0).window())
        .containsExactly(0, 0, 0, 20, 30, 0, 50, 60, 0);
  }

  @Test
  void anActivationIsTheOneValueThatItReads() throws IOException {
    openStrided();
    Explanation relu = explain("ReLU_1", 0, 1, 0);
    assertThat(relu.value()).isEqualTo(explain("Conv2d_1", 0, 1, 0).value());
    assertThat(relu.terms()).hasSize(1);
    Term read = relu.terms().get(0);
    assertThat(read.layer()).isZero();
    assertThat(read.size()).isEqualTo(1);
    assertThat(read.window()).containsExactly(relu.value());
    assertThat(read.sum()).isNull();
    assertThat(read.kernel()).isNull();
    assertThat(relu.others()).isNull();
    assertThat(relu.rest()).isNull();
    // And that value is the convolution's sum.
    assertThat(relu.from().layer()).isZero();
    assertThat(relu.from().terms()).hasSize(2);
    assertThat(relu.from().rest()).isEqualTo(0.25);
    assertThat(relu.from().from()).isNull();
  }

  @Test
  void aPoolingIsTheWindowOfItsOwnChannel() throws IOException {
    NodeProto pool = withAll(node("MaxPool", "y", "x"), "kernel_shape", 2, 2);
    open(2, 3, TWO_CHANNELS, new SmallModel(pool));
    Explanation pooled = explain("MaxPool2d_1", 1, 1, 0);
    assertThat(pooled.value()).isEqualTo(80);
    assertThat(pooled.terms()).hasSize(1);
    assertThat(pooled.terms().get(0).layer()).isNull();
    assertThat(pooled.terms().get(0).channel()).isEqualTo(1);
    assertThat(pooled.terms().get(0).window()).containsExactly(40, 50, 70, 80);
    assertThat(pooled.rest()).isNull();
  }

  @Test
  void aPooledValueIsFollowedDownToTheSumThatMadeIt() throws IOException {
    NodeProto pool = withAll(node("MaxPool", "y", "r"), "kernel_shape", 2, 2);
    open(
        2,
        3,
        TWO_CHANNELS,
        new SmallModel(node("Conv", "c", "x", "w"), node("Relu", "r", "c"), pool)
            .with(weight(new float[] {1, 0, 0, -1}, 2, 2, 1, 1)));
    Explanation pooled = explain("MaxPool2d_1", 0, 1, 0);
    assertThat(pooled.value()).isEqualTo(8);
    Explanation relu = pooled.from();
    assertThat(List.of(relu.layer(), relu.map(), relu.row(), relu.column()))
        .isEqualTo(List.of(1, 0, 2, 1));
    assertThat(relu.value()).isEqualTo(8);
    assertThat(relu.from().terms()).extracting(Term::sum).containsExactly(8.0, 0.0);
    assertThat(relu.from().from()).isNull();
    // All are zero: the first.
    assertThat(explain("MaxPool2d_1", 1, 1, 1).from().row()).isEqualTo(1);
    assertThat(explain("MaxPool2d_1", 1, 1, 1).from().from().value()).isEqualTo(-50);
    assertThat(ValueOrigin.needed(network.nodes().get(2)))
        .isEqualTo(List.of(network.nodes().get(2), network.nodes().get(1), network.nodes().get(0)));
  }

  /** All values are below zero, and the padding is no value. */
  @Test
  void beyondTheEdgeAPoolingTakesNothing() throws IOException {
    NodeProto pool = withAll(node("MaxPool", "y", "x"), "kernel_shape", 3, 3);
    float[] below = new float[TWO_CHANNELS.length];
    for (int i = 0; i < below.length; i++) {
      below[i] = -TWO_CHANNELS[i];
    }
    open(2, 3, below, new SmallModel(withAll(pool, "pads", 1, 1, 1, 1)));
    Explanation corner = explain("MaxPool2d_1", 0, 0, 0);
    assertThat(corner.value()).isEqualTo(-1);
    float nothing = Float.NaN;
    assertThat(corner.terms().get(0).window())
        .containsExactly(nothing, nothing, nothing, nothing, -1, -2, nothing, -4, -5);
  }

  @Test
  void aMeanOfSeveralIsFollowedNowhere() throws IOException {
    NodeProto pool = withAll(node("AveragePool", "y", "r"), "kernel_shape", 2, 2);
    open(2, 3, TWO_CHANNELS, new SmallModel(node("Relu", "r", "x"), pool));
    assertThat(explain("AvgPool2d_1", 0, 0, 0).from()).isNull();
  }

  /** What makes a value NaN is named, and not added to the others. */
  @Test
  void aTermThatIsNotFiniteComesFirst() throws IOException {
    float[] weights = {8, 7, Float.NaN, 6, 5, 4, 3, 2};
    float[] ones = {1, 1, 1, 1, 1, 1, 1, 1};
    open(8, 1, ones, new SmallModel(node("Conv", "y", "x", "w")).with(weight(weights, 1, 8, 1, 1)));
    Explanation broken = explain("Conv2d_1", 0, 0, 0);
    assertThat(broken.value()).isNaN();
    assertThat(broken.terms()).extracting(Term::channel).containsExactly(2, 0, 1, 3, 4, 5);
    assertThat(broken.terms().get(0).sum()).isNaN();
    assertThat(broken.others()).isEqualTo(5);
  }

  /** Two rows of 2 x 2 weights, each over two of four channels. */
  @Test
  void aGroupReadsItsOwnChannels() throws IOException {
    float[] values = new float[16];
    float[] weights = new float[16];
    for (int i = 0; i < 16; i++) {
      values[i] = i;
      weights[i] = i + 1;
    }
    open(
        4,
        2,
        values,
        new SmallModel(with(node("Conv", "y", "x", "w"), "group", 2))
            .with(weight(weights, 2, 2, 2, 2)));
    Explanation second = explain("Conv2d_1", 1, 0, 0);
    // 9 * 8 + 10 * 9 + 11 * 10 + 12 * 11, and 13 * 12 + 14 * 13 + 15 * 14 + 16 * 15.
    assertThat(second.value()).isEqualTo(404 + 788);
    assertThat(second.terms()).extracting(Term::channel).containsExactly(3, 2);
    assertThat(second.terms()).extracting(Term::sum).containsExactly(788.0, 404.0);
    assertThat(second.terms().get(0).window()).containsExactly(12, 13, 14, 15);
    assertThat(second.terms().get(0).kernel()).containsExactly(13, 14, 15, 16);
    assertThat(second.rest()).isZero();
  }

  @Test
  void aDilatedKernelTakesEverySecondValue() throws IOException {
    open(
        2,
        3,
        TWO_CHANNELS,
        new SmallModel(withAll(node("Conv", "y", "x", "w"), "dilations", 2, 2))
            .with(weight(new float[] {1, 2, 3, 4, 0, 0, 0, 1}, 1, 2, 2, 2)));
    Explanation only = explain("Conv2d_1", 0, 0, 0);
    // The corners: 1 + 2 * 3 + 3 * 7 + 4 * 9, and 90.
    assertThat(only.value()).isEqualTo(154);
    assertThat(only.terms().get(0).window()).containsExactly(10, 30, 70, 90);
    assertThat(only.terms().get(0).sum()).isEqualTo(90);
    assertThat(only.terms().get(1).window()).containsExactly(1, 3, 7, 9);
    assertThat(only.terms().get(1).sum()).isEqualTo(64);
  }

  /** Eight channels of one value; of equal sizes the first one stays first. */
  @Test
  void sixChannelsAreToldAndTheOthersAreSummed() throws IOException {
    float[] values = {1, 1, 1, 1, 1, 1, 1, 1};
    open(
        8,
        1,
        values,
        new SmallModel(node("Conv", "y", "x", "w", "b"))
            .with(
                weight(new float[] {1, -8, 3, 0.5f, -3, 6, 7, 2}, 1, 8, 1, 1),
                shaped(reals("b", -1), 1)));
    Explanation sums = explain("Conv2d_1", 0, 0, 0);
    assertThat(sums.value()).isEqualTo(7.5f);
    assertThat(sums.terms()).extracting(Term::channel).containsExactly(1, 6, 5, 2, 4, 7);
    assertThat(sums.terms()).extracting(Term::sum).containsExactly(-8.0, 7.0, 6.0, 3.0, -3.0, 2.0);
    assertThat(sums.others()).isEqualTo(1.5);
    assertThat(sums.rest()).isEqualTo(-1);
  }

  @Test
  void theChannelsThatAreReadAreAnotherLayers() throws IOException {
    open(
        2,
        3,
        TWO_CHANNELS,
        new SmallModel(node("Relu", "r", "x"), node("Conv", "y", "r", "w"))
            .with(weight(joined(SOBEL, HALF), 1, 2, 3, 3)));
    Explanation whole = explain("Conv2d_1", 0, 0, 0);
    assertThat(whole.layer()).isEqualTo(1);
    assertThat(whole.terms()).extracting(Term::layer).containsExactly(0, 0);
    // Half of 450; 1 - 3 + 2 * (4 - 6) + 7 - 9.
    assertThat(whole.terms()).extracting(Term::sum).containsExactly(225.0, -8.0);
    assertThat(whole.value()).isEqualTo(217);
    assertThat(whole.rest()).isCloseTo(0, within(1e-9));
    assertThat(ValueOrigin.needed(network.nodes().get(1)))
        .containsExactly(network.nodes().get(1), network.nodes().get(0));
  }

  @Test
  void aChannelThatIsSetToZeroHasNoOrigin() throws IOException {
    openStrided();
    Explanation off = explain("Conv2d_1", 0, 0, 0, "0.0");
    assertThat(off.value()).isZero();
    assertThat(off.terms()).isEmpty();
    assertThat(off.others()).isNull();
    assertThat(off.rest()).isNull();
  }

  @Test
  void ofASumOfTwoLayersOnlyTheValueIsKnown() throws IOException {
    open(
        2,
        3,
        TWO_CHANNELS,
        new SmallModel(
            node("Relu", "a", "x"), node("Sigmoid", "b", "x"), node("Add", "y", "a", "b")));
    String sum = network.nodes().get(2).name();
    Explanation added = explain(sum, 1, 2, 2);
    assertThat(added.value()).isEqualTo(91);
    assertThat(added.terms()).isEqualTo(List.of());
    assertThat(added.rest()).isNull();
  }

  @Test
  void aPlaceBesideTheMapIsRefused() throws IOException {
    openStrided();
    assertThatThrownBy(() -> explain("Conv2d_1", 0, 2, 0))
        .isInstanceOf(Refusal.class)
        .hasMessage("the map is smaller");
    assertThatThrownBy(() -> explain("Conv2d_1", 0, 0, 2)).isInstanceOf(Refusal.class);
  }
}
