package io.fmviz.network.onnx.layers;

import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.shaped;
import static io.fmviz.network.onnx.SmallModel.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.dataset.FloatImages;
import io.fmviz.dataset.photo.ReadingChoice;
import io.fmviz.network.AnswerChoice;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.LinearHead;
import io.fmviz.network.NetworkKind;
import io.fmviz.network.Scores;
import io.fmviz.network.Session;
import io.fmviz.network.onnx.OnnxKind;
import io.fmviz.network.onnx.OnnxNetwork;
import io.fmviz.network.onnx.SmallModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the answer is of networks whose last layer gives 1, 0 and -2, or -0.75. */
class AnswerFormsTest {
  private static final double[] SHARES = {0.7053845, 0.2594965, 0.0351190};

  @TempDir Path folder;

  private static NodeProto[] three(NodeProto... ends) {
    return joined(node("Gemm", "g", "f", "w3", "b3"), ends);
  }

  private static NodeProto[] one(NodeProto... ends) {
    return joined(node("Gemm", "g", "f", "w1", "b1"), ends);
  }

  private static NodeProto[] joined(NodeProto linear, NodeProto... ends) {
    Stream<NodeProto> begin =
        Stream.of(node("GlobalAveragePool", "p", "x"), node("Flatten", "f", "p"), linear);
    return Stream.concat(begin, Stream.of(ends)).toArray(NodeProto[]::new);
  }

  private static SmallModel model(NodeProto... nodes) {
    return new SmallModel(nodes)
        .ofAnyBatch()
        .with(
            shaped(reals("w3", new double[9]), 3, 3),
            reals("b3", 1, 0, -2),
            shaped(reals("w1", new double[3]), 3, 1),
            reals("b1", -0.75),
            shaped(reals("unit", 1), 1),
            shaped(reals("half", 0.5), 1),
            SmallModel.integers("row", 0, -1),
            SmallModel.integers("last", 1));
  }

  private OnnxNetwork network(SmallModel model, AnswerChoice choice) throws IOException {
    Path file = Files.write(folder.resolve("m.onnx"), model.bytes());
    return (OnnxNetwork)
        new OnnxKind()
            .open(file, "m.onnx", NetworkKind.Reading.asChosen(ReadingChoice.NONE), choice);
  }

  private static float[] answer(OnnxNetwork network) {
    try (Session session = network.start(Compute.onCpu(1))) {
      FloatImages images = new FloatImages(new float[2 * 3 * 8 * 8], 3, 8, 8);
      return session.run(Batch.of(images, new int[] {0, 1}, 0, 2), Set.of(), (n, v) -> {});
    }
  }

  private static NodeProto sum(String type, String output, String input) {
    return with(node(type, output, input, "last"), "keepdims", 1);
  }

  static Stream<Arguments> classes() {
    NodeProto softmax = node("Softmax", "s", "g");
    NodeProto exp = node("Exp", "e", "g");
    NodeProto log = node("LogSoftmax", "l", "g");
    return Stream.of(
        Arguments.of("logits", Scores.LOGITS, three(node("Identity", "y", "g"))),
        Arguments.of("Softmax", Scores.LOGITS, three(node("Softmax", "y", "g"))),
        Arguments.of("Reshape", Scores.LOGITS, three(softmax, node("Reshape", "y", "s", "row"))),
        Arguments.of(
            "Div",
            Scores.LOGITS,
            three(exp, sum("ReduceSum", "t", "e"), node("Div", "y", "e", "t"))),
        Arguments.of(
            "Reciprocal",
            Scores.LOGITS,
            three(
                exp,
                sum("ReduceSum", "t", "e"),
                node("Reciprocal", "q", "t"),
                node("Mul", "y", "q", "e"))),
        Arguments.of("LogSoftmax", Scores.LOGITS, three(node("LogSoftmax", "y", "g"))),
        Arguments.of("Exp", Scores.LOGITS, three(log, node("Exp", "y", "l"))),
        Arguments.of(
            "Clip", Scores.PROBABILITIES, three(softmax, node("Clip", "y", "s", "zero", "one"))),
        Arguments.of(
            "mean",
            Scores.PROBABILITIES,
            three(softmax, node("Add", "a", "s", "s"), node("Mul", "y", "a", "half"))),
        Arguments.of("Mean", Scores.PROBABILITIES, three(softmax, node("Mean", "y", "s", "s"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("classes")
  void eachClassHasTheNetworksOwnProbability(String name, Scores scores, NodeProto[] nodes)
      throws IOException {
    SmallModel model = model(nodes).with(shaped(reals("zero", 0)), shaped(reals("one", 1)));
    OnnxNetwork network = network(model, AnswerChoice.ANY);
    assertThat(network.classes()).isEqualTo(3);
    assertThat(network.scores()).isEqualTo(scores);
    float[] answer = answer(network);
    assertThat(answer).hasSize(6);
    for (int c = 0; c < 3; c++) {
      assertThat(network.scores().probability(answer, 3, 3, c)).isCloseTo(SHARES[c], within(1e-6));
    }
  }

  static Stream<Arguments> labels() {
    return Stream.of(
        Arguments.of(Scores.LABEL_LOGITS, three(node("Sigmoid", "y", "g"))),
        Arguments.of(
            Scores.LABEL_LOGITS,
            three(
                node("Neg", "n", "g"),
                node("Exp", "e", "n"),
                node("Add", "a", "e", "unit"),
                node("Reciprocal", "y", "a"))),
        Arguments.of(
            Scores.LABEL_PROBABILITIES,
            three(node("Sigmoid", "s", "g"), node("Mul", "y", "s", "unit"))));
  }

  @ParameterizedTest
  @MethodSource("labels")
  void severalLabelsMayHold(Scores scores, NodeProto[] nodes) throws IOException {
    OnnxNetwork network = network(model(nodes), AnswerChoice.ANY);
    assertThat(network.scores()).isEqualTo(scores);
    assertThat(network.warnings())
        .containsExactly(
            "y has a probability for each of 3 labels, of which several may hold, or none: those"
                + " with 50 % or more do");
    float[] answer = answer(network);
    assertThat(network.scores().probability(answer, 3, 3, 0)).isCloseTo(0.7310586, within(1e-6));
    assertThat(network.scores().probability(answer, 3, 3, 2)).isCloseTo(0.1192029, within(1e-6));
    assertThat(network.scores().holding(answer, 3, 3)).containsExactly(0, 1);
  }

  static Stream<Arguments> two() {
    NodeProto sigmoid = node("Sigmoid", "s", "g");
    return Stream.of(
        Arguments.of(Scores.TWO_CLASSES, one(node("Sigmoid", "y", "g"))),
        Arguments.of(Scores.TWO_CLASSES, one(sigmoid, node("Squeeze", "y", "s", "last"))),
        Arguments.of(Scores.PROBABILITIES, one(sigmoid, node("Mul", "y", "s", "unit"))),
        Arguments.of(
            Scores.PROBABILITIES,
            one(
                sigmoid,
                node("Sub", "rest", "unit", "s"),
                with(node("Concat", "y", "rest", "s"), "axis", 1))));
  }

  @ParameterizedTest
  @MethodSource("two")
  void oneProbabilityIsTwoClasses(Scores scores, NodeProto[] nodes) throws IOException {
    OnnxNetwork network = network(model(nodes), AnswerChoice.ANY);
    assertThat(network.classes()).isEqualTo(2);
    assertThat(network.scores()).isEqualTo(scores);
    float[] answer = answer(network);
    assertThat(answer).hasSize(4);
    assertThat(network.scores().probability(answer, 2, 2, 0)).isCloseTo(0.6791787, within(1e-6));
    assertThat(network.scores().probability(answer, 2, 2, 1)).isCloseTo(0.3208213, within(1e-6));
  }

  @Test
  void oneOtherValueIsAScoreWithoutClasses() throws IOException {
    OnnxNetwork network = network(model(one(node("Identity", "y", "g"))), AnswerChoice.ANY);
    assertThat(network.classes()).isZero();
    assertThat(network.scores()).isEqualTo(Scores.SCORE);
    assertThat(answer(network)).containsExactly(-0.75f, -0.75f);
    assertThat(network.warnings())
        .containsExactly("y is one value that isn't behind a Sigmoid: a score, not classes");
    // Whatever it is, the softmax of one value is 1.
    OnnxNetwork sure = network(model(one(node("Softmax", "y", "g"))), AnswerChoice.ANY);
    assertThat(sure.scores()).isEqualTo(Scores.SCORE);
    assertThat(answer(sure)).containsExactly(-0.75f, -0.75f);
  }

  private static SmallModel withMap() {
    return model(
            three(
                node("Softmax", "y", "g"), node("Gemm", "four", "f", "w4"), node("Relu", "m", "x")))
        .with(shaped(reals("w4", new double[12]), 3, 4))
        .withOutputs("y", "four", "m");
  }

  @Test
  void ofSeveralOutputsOneIsChosenByItsNameOrByTheNamesOfClasses() throws IOException {
    OnnxNetwork any = network(withMap(), AnswerChoice.ANY);
    assertThat(any.scores()).isEqualTo(Scores.NONE);
    assertThat(any.possibleAnswers())
        .extracting(output -> output.name())
        .containsExactly("y", "four");
    assertThat(any.warnings())
        .containsExactly(
            Settings.named(
                "which output is the answer isn't known, so none is told: {output} takes y (3"
                    + " values) or four (4 values)"));
    assertThat(network(withMap(), new AnswerChoice("four", null)).classes()).isEqualTo(4);
    OnnxNetwork named = network(withMap(), AnswerChoice.ANY.of(3));
    assertThat(named.classes()).isEqualTo(3);
    assertThat(named.answerOutput()).isEqualTo("y");
    assertThat(named.warnings())
        .containsExactly(
            Settings.named(
                "of the outputs y, four the answer is y, which tells 3 classes apart, as many as"
                    + " have names: {output} takes another"));
  }

  @Test
  void anotherOutputIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> network(withMap(), new AnswerChoice("fuor", null)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageEndingWith(
            "takes the name of an output, of which there are y, four, m, not fuor; did you mean"
                + " four?");
    assertThatThrownBy(() -> network(withMap(), new AnswerChoice("m", null)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageEndingWith(
            "takes an output that has a row of real numbers for each image; m is [images, 3, 8,"
                + " 8]");
  }

  @Test
  void theHeadOfOneLogitIsThatOfTwoClasses() throws IOException {
    SmallModel model =
        new SmallModel(
                node("Relu", "r", "x"),
                node("GlobalAveragePool", "p", "r"),
                node("Flatten", "f", "p"),
                node("Gemm", "g", "f", "w", "b"),
                node("Sigmoid", "y", "g"))
            .with(shaped(reals("w", 2, 3, -4), 3, 1), reals("b", 0.5));
    LinearHead head = network(model, AnswerChoice.ANY).head().orElseThrow();
    assertThat(head.weights(1)).containsExactly(2, 3, -4);
    assertThat(head.weights(0)).containsExactly(-2, -3, 4);
    assertThat(head.bias(0)).isEqualTo(-0.5);
    assertThat(head.bias(1)).isEqualTo(0.5);
  }

  @Test
  void theHeadOfOneProbabilityIsThatOfTwoClasses() throws IOException {
    SmallModel model =
        new SmallModel(
                node("Conv", "c", "x", "k"),
                node("Sigmoid", "s", "c"),
                node("GlobalAveragePool", "p", "s"),
                node("Flatten", "y", "p"))
            .with(shaped(reals("k", 1, 1, 1), 1, 3, 1, 1));
    OnnxNetwork network = network(model, AnswerChoice.ANY);
    assertThat(network.scores()).isEqualTo(Scores.PROBABILITIES);
    LinearHead head = network.head().orElseThrow();
    assertThat(head.weights(1)).containsExactly(1);
    assertThat(head.weights(0)).containsExactly(-1);
    assertThat(head.bias(0)).isEqualTo(1);
    assertThat(head.bias(1)).isZero();
  }

  @Test
  void whatIsNoProbabilityLeavesNone() throws IOException {
    NodeProto rest = node("Sub", "rest", "unit", "g");
    NodeProto both = with(node("Concat", "y", "rest", "g"), "axis", 1);
    assertThat(network(model(one(rest, both)), AnswerChoice.ANY).scores()).isEqualTo(Scores.LOGITS);
  }

  @Test
  void classesThatAreTakenOnceKeepTheirSum() throws IOException {
    NodeProto softmax = node("Softmax", "s", "g");
    NodeProto gather = with(node("Gather", "y", "s", "places"), "axis", 1);
    assertThat(scores(model(three(softmax, gather)).with(SmallModel.integers("places", 2, 0))))
        .isEqualTo(Scores.PROBABILITIES);
    assertThat(scores(model(three(softmax, gather)).with(SmallModel.integers("places", 0, 0))))
        .isEqualTo(Scores.LABEL_PROBABILITIES);
  }

  /** Up to operator set 12 from the first axis on is all of it, of a batch of one all classes. */
  @Test
  void aSoftmaxOfAllThatThereIsIsOneOfClasses() throws IOException {
    NodeProto[] nodes = three(with(node("Softmax", "y", "g"), "axis", 0));
    assertThat(scores(model(nodes).ofPictures(1, 3, 8, 8).ofOperatorSet(12)))
        .isEqualTo(Scores.LOGITS);
  }

  private Scores scores(SmallModel model) throws IOException {
    return network(model, AnswerChoice.ANY).scores();
  }
}
