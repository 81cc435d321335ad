package io.fmviz.network.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.fmviz.TorchFixture;
import io.fmviz.forward.ForwardListeners;
import io.fmviz.forward.Layer;
import io.fmviz.network.Batch;
import io.fmviz.network.Node;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClassifierTest {
  private static final int[] ALL = IntStream.range(0, 12).toArray();

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void hasPyTorchsParametersAtTheDefaultWidth() {
    ClassifierWidths widths = Topology.DIGITS.ofBase(32);
    try (Classifier classifier = new Classifier(manager, widths, new TorchInitialization(0))) {
      Map<String, String> shapes = new LinkedHashMap<>();
      classifier
          .parameters()
          .forEach((name, p) -> shapes.put(name, p.getArray().getShape().toString()));
      assertThat(shapes)
          .containsExactly(
              Map.entry("net.0.weight", "(32, 1, 3, 3)"),
              Map.entry("net.0.bias", "(32)"),
              Map.entry("net.3.weight", "(64, 32, 3, 3)"),
              Map.entry("net.3.bias", "(64)"),
              Map.entry("net.6.weight", "(128, 64, 3, 3)"),
              Map.entry("net.6.bias", "(128)"),
              Map.entry("fc.weight", "(10, 128)"),
              Map.entry("fc.bias", "(10)"));
    }
    assertThat(widths.parameterCount()).isEqualTo(93_962);
  }

  @Test
  void computesWhatPyTorchComputes() {
    try (Classifier classifier = fixture()) {
      NDArray logits =
          classifier.logits(
              new BatchArrays().images(manager, Batch.of(TorchFixture.images(), ALL, 0, 4)));
      assertThat(logits.getShape()).isEqualTo(new Shape(4, 10));
      assertThat(logits.toFloatArray())
          .containsExactly(Arrays.copyOf(TorchFixture.floats("logits"), 40), Offset.offset(1e-5f));
    }
  }

  @Test
  void givesTheSameLogitsAndGradientsToTheBitWhenUnobserved() {
    Map<String, float[]> observed = logitsAndGradients(ClassifierTest::observedLogits);
    Map<String, float[]> unobserved = logitsAndGradients(Classifier::logits);
    assertThat(observed).hasSize(9).containsOnlyKeys(unobserved.keySet());
    observed.forEach(
        (name, values) -> assertThat(unobserved.get(name)).as(name).containsExactly(values));
  }

  private static NDArray observedLogits(Classifier classifier, NDArray images) {
    return classifier
        .block()
        .forward(classifier.parameterStore(), new NDList(images), false)
        .singletonOrThrow();
  }

  private Map<String, float[]> logitsAndGradients(
      BiFunction<Classifier, NDArray, NDArray> forward) {
    Map<String, float[]> values = new LinkedHashMap<>();
    try (Classifier classifier = fixture();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray images =
          new BatchArrays().images(manager, Batch.of(TorchFixture.images(), ALL, 0, 12));
      NDArray logits = forward.apply(classifier, images);
      values.put("logits", logits.toFloatArray());
      collector.backward(logits.square().sum());
      classifier
          .parameters()
          .forEach((name, p) -> values.put(name, p.getArray().getGradient().toFloatArray()));
    }
    return values;
  }

  @Test
  void givesEveryLayersOutputAsPyTorchDoes() {
    Map<String, float[]> outputs = new LinkedHashMap<>();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    try (Classifier classifier = fixture();
        ForwardListeners listeners =
            ForwardListeners.attach(
                classifier.block(),
                layer -> layer.path().startsWith("0."),
                (layer, in, out) -> {
                  outputs.put(layer.name(), out.singletonOrThrow().toFloatArray());
                  shapes.put(layer.name(), out.singletonOrThrow().getShape().getShape());
                })) {
      NDArray unused =
          observedLogits(
              classifier,
              new BatchArrays().images(manager, Batch.of(TorchFixture.images(), ALL, 0, 1)));
      assertThat(unused.isReleased()).isFalse();
      assertThat(listeners.layers())
          .extracting(Layer::name)
          .containsExactlyElementsOf(outputs.keySet())
          .containsExactly(
              "Conv2d_1",
              "ReLU_1",
              "MaxPool2d_1",
              "Conv2d_2",
              "ReLU_2",
              "MaxPool2d_2",
              "Conv2d_3",
              "ReLU_3",
              "AdaptiveAvgPool2d_1");
    }
    outputs.forEach(
        (name, values) -> {
          assertThat(shapes.get(name)).isEqualTo(TorchFixture.shape("out." + name));
          assertThat(values)
              .as(name)
              .containsExactly(TorchFixture.floats("out." + name), Offset.offset(1e-5f));
        });
  }

  @Test
  void takesOtherWidthsAndInputs() {
    ClassifierWidths pruned = new ClassifierWidths(Topology.DIGITS, 3, List.of(5, 6, 7), 4);
    try (Classifier classifier = new Classifier(manager, pruned, new TorchInitialization(0))) {
      assertThat(classifier.logits(manager.zeros(new Shape(2, 3, 12, 20))).getShape())
          .isEqualTo(new Shape(2, 4));
    }
  }

  @Test
  void isListedAsTheNetworkReallyIs() {
    ClassifierWidths widths = Topology.DIGITS.ofBase(3);
    Map<String, List<Integer>> seen = new LinkedHashMap<>();
    try (Classifier classifier = new Classifier(manager, widths, new TorchInitialization(0));
        ForwardListeners listeners =
            ForwardListeners.attach(
                classifier.block(),
                layer -> !List.of("Sequential", "Flatten").contains(layer.type()),
                (layer, in, out) -> seen.put(layer.name(), shape(out.singletonOrThrow())))) {
      NDArray unused = observedLogits(classifier, manager.zeros(new Shape(1, 1, 28, 28)));
      assertThat(unused.isReleased()).isFalse();
      assertThat(listeners.layers().stream().map(Layer::name))
          .containsExactlyElementsOf(seen.keySet());
    }
    Map<String, List<Integer>> listed = new LinkedHashMap<>();
    List<Node> nodes = ClassifierNetwork.untrained(widths).nodes();
    nodes.forEach(node -> listed.put(node.name(), node.shape()));
    assertThat(listed).containsExactlyEntriesOf(seen);
    assertThat(nodes.stream().mapToLong(Node::parameters).sum()).isEqualTo(widths.parameterCount());
  }

  @Test
  void refusesALayerWithoutChannels() {
    assertThatThrownBy(() -> new ClassifierWidths(Topology.DIGITS, 1, List.of(0, 1, 1), 10))
        .hasMessage("a layer has 0 channels, which is not between 1 and 16384");
  }

  private static List<Integer> shape(NDArray array) {
    return Arrays.stream(array.getShape().getShape()).skip(1).mapToObj(Math::toIntExact).toList();
  }

  private Classifier fixture() {
    return new Classifier(manager, TorchFixture.WIDTHS, TorchFixture.weights("before."));
  }
}
