package io.fmviz.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.FloatImages;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.DeadRule;
import io.fmviz.network.Node;
import io.fmviz.network.ResumableBatch;
import io.fmviz.network.Session;
import io.fmviz.network.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxNetworkTest {
  private static final OnnxFixture FOLDED = OnnxFixture.of("folded");

  private static Node node(OnnxNetwork network, String path) {
    return network.nodes().stream().filter(n -> n.path().equals(path)).findFirst().orElseThrow();
  }

  private static Map<Node, float[]> outputs(OnnxNetwork network, OnnxFixture fixture, int size) {
    Map<Node, float[]> outputs = new LinkedHashMap<>();
    try (Session session = network.start(Compute.onCpu(2))) {
      session.run(
          fixture.batch(size),
          Set.copyOf(network.nodes()),
          (node, values) -> {
            float[] copy = new float[values.remaining()];
            values.get(copy);
            outputs.put(node, copy);
          });
    }
    return outputs;
  }

  private static void assertClose(float[] found, float[] expected) {
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(found.length).isGreaterThanOrEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-4f * largest));
    }
  }

  @ParameterizedTest
  @CsvSource({"preserved, 20", "activations, 21"})
  void everyModuleHasItsMapUnderItsPath(String name, int nodes) {
    OnnxFixture fixture = OnnxFixture.of(name);
    OnnxNetwork network = fixture.network();
    assertThat(network.nodes()).hasSize(nodes);
    outputs(network, fixture, 2)
        .forEach(
            (node, values) -> {
              if (fixture.seen().containsKey(node.path())) {
                assertClose(values, fixture.floats(node.path()));
              } else {
                assertThat(node.path()).matches("layer1\\.[01]\\.Add");
              }
            });
  }

  @Test
  void imagesOfAnotherFormAreRefusedHoweverTheyAreRun() {
    OnnxNetwork network = FOLDED.network();
    Batch other = Batch.of(new FloatImages(new float[20], 1, 4, 5), new int[] {0}, 0, 1);
    String message =
        "%s takes images of %d x %d pixels with 3 channels, not of 4 x 5 pixels with 1 channel"
            .formatted(network.location(), network.input().height(), network.input().width());
    try (Session session = network.start(Compute.onCpu(1))) {
      Set<Node> all = Set.copyOf(network.nodes());
      assertThatThrownBy(() -> session.run(other, all, (node, values) -> {}))
          .isInstanceOf(UserException.class)
          .hasMessage(message);
      assertThatThrownBy(() -> session.answer(other)).hasMessage(message);
      assertThatThrownBy(() -> session.resumable(other, all)).hasMessage(message);
    }
  }

  @Test
  void aFoldedBatchNormIsInTheConvolutionsOutputWhichSaysSo() {
    OnnxNetwork network = FOLDED.network();
    Map<Node, float[]> outputs = outputs(network, FOLDED, 2);
    assertClose(outputs.get(node(network, "conv1")), FOLDED.floats("bn1"));
    assertClose(outputs.get(node(network, "layer1.1.conv2")), FOLDED.floats("layer1.1.bn2"));
    assertThat(node(network, "conv1").note())
        .contains("holds the output of the BatchNorm2d that was folded into it");
    assertThat(node(network, "relu").note()).isEmpty();
    assertThat(node(OnnxFixture.of("preserved").network(), "conv1").note()).isEmpty();
  }

  @Test
  void layersHaveNamesPathsTensorsAndEdges() {
    OnnxNetwork network = FOLDED.network();
    assertThat(network.nodes().stream().map(node -> node.name() + " " + node.path()))
        .containsExactly(
            "Conv2d_1 conv1",
            "ReLU_1 relu",
            "MaxPool2d_1 maxpool",
            "Conv2d_2 layer1.0.conv1",
            "ReLU_2 layer1.0.relu",
            "Conv2d_3 layer1.0.conv2",
            "Add_1 layer1.0.Add",
            "ReLU_3 layer1.0.relu_1",
            "Conv2d_4 layer1.1.conv1",
            "ReLU_4 layer1.1.relu",
            "Conv2d_5 layer1.1.conv2",
            "Add_2 layer1.1.Add",
            "ReLU_5 layer1.1.relu_1",
            "AdaptiveAvgPool2d_1 avgpool",
            "Linear_1 fc");
    Node add = node(network, "layer1.0.Add");
    assertThat(add.tensor()).contains("/layer1/layer1.0/Add_output_0");
    assertThat(add.inputs().stream().map(Node::path)).containsExactly("layer1.0.conv2", "maxpool");
    assertThat(node(network, "fc").shape()).containsExactly(5);
    assertThat(node(network, "fc").parameters()).isEqualTo(35);
    assertThat(node(network, "conv1").window()).contains(new Window(5, 2, 2));
    assertThat(network.classes()).isEqualTo(5);
    assertThat(network.notShown()).isEmpty();
  }

  @Test
  void severalOperatorsOfOneModuleAreOneLayer() {
    assertThat(OnnxFixture.of("activations").network().nodes().stream().map(Node::type))
        .containsExactly(
            "Conv2d",
            "SiLU",
            "Hardswish",
            "GELU",
            "ReLU6",
            "Hardsigmoid",
            "LeakyReLU",
            "ELU",
            "Mish",
            "Sigmoid",
            "Tanh",
            "Softplus",
            "PReLU",
            "InstanceNorm2d",
            "AvgPool2d",
            "Upsample",
            "ConvTranspose2d",
            "Conv2d",
            "AdaptiveAvgPool2d",
            "Flatten",
            "Softmax");
  }

  @Test
  void whatGoesIntoASoftmaxAtTheEndIsTheLogits() {
    OnnxFixture fixture = OnnxFixture.of("activations");
    OnnxNetwork network = fixture.network();
    assertThat(network.logits().map(Node::path)).contains("19");
    assertThat(network.outputs().get(0).node().type()).isEqualTo("Softmax");
    try (Session session = network.start(Compute.onCpu(1))) {
      float[] logits = session.run(fixture.batch(2), Set.of(), (node, values) -> {});
      assertClose(logits, fixture.floats("19"));
    }
  }

  @Test
  void aChannelIsDeadByWhatItsLayerIs() {
    OnnxNetwork folded = FOLDED.network();
    assertThat(node(folded, "relu").deadRule()).contains(DeadRule.ZERO);
    assertThat(node(folded, "maxpool").deadRule()).contains(DeadRule.ZERO);
    assertThat(node(folded, "conv1").deadRule()).contains(DeadRule.upTo(0));
    assertThat(node(folded, "layer1.0.conv2").deadRule()).isEmpty();
    OnnxNetwork activations = OnnxFixture.of("activations").network();
    assertThat(node(activations, "1").deadRule()).isEmpty();
    assertThat(node(activations, "2").deadRule()).contains(DeadRule.ZERO);
    assertThat(node(activations, "0").deadRule()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"folded", "preserved"})
  void theRestIsRunAgainOnAnotherOutput(String name) {
    OnnxFixture fixture = OnnxFixture.of(name);
    OnnxNetwork network = fixture.network();
    Set<Node> maps = network.nodes().stream().filter(Node::hasMaps).collect(Collectors.toSet());
    try (Session session = network.start(Compute.onCpu(2));
        ResumableBatch resumable = session.resumable(fixture.batch(2), maps)) {
      assertClose(resumable.logits(), fixture.floats("logits"));
      for (Node node : maps) {
        assertClose(resumable.after(node, resumable.output(node)), fixture.floats("logits"));
        float[] output = resumable.output(node);
        int map = node.height() * node.width();
        for (int i = 0; i < 2 * map; i++) {
          output[i / map * node.channels() * map + map + i % map] = 0;
        }
        assertThat(resumable.withoutEach(node, 1, 1)).isEqualTo(resumable.after(node, output));
      }
      assertClose(resumable.logits(), fixture.floats("logits"));
    }
  }

  @Test
  void aBatchOfAnySizeGoesThroughAModelOfOneImage() {
    OnnxFixture fixture = OnnxFixture.of("preserved");
    OnnxNetwork network = fixture.network();
    try (Session session = network.start(Compute.onCpu(1))) {
      float[] logits = session.run(fixture.batch(3), Set.of(), (node, values) -> {});
      assertThat(logits).hasSize(15);
      assertClose(logits, fixture.floats("logits"));
    }
  }

  @Test
  void aConvolutionsKernelsAreItsWeight() {
    OnnxNetwork network = FOLDED.network();
    assertThat(network.kernel(node(network, "conv1")).orElseThrow().shape())
        .containsExactly(6, 3, 5, 5);
    assertThat(network.hasKernel(node(network, "relu"))).isFalse();
    assertThat(network.notNumbers()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id2label\":{\"0\":\"ant\",\"1\":\"bee\",\"2\":\"cat\",\"3\":\"dog\",\"4\":\"eel\"}} |ant bee cat dog eel",
        "{\"label_names\":[\"ant\",\"bee\",\"cat\",\"dog\",\"eel\"]} |ant bee cat dog eel",
        "{\"label_names\":[\"ant\",\"bee\",\"cat\",\"dog\"]} |''"
      })
  void aFileBesideItNamesItsClassesWhereItNamesEveryOne(
      String config, String names, @TempDir Path folder) throws IOException {
    Path file = Files.copy(FOLDED.file(), folder.resolve("model.onnx"));
    Files.writeString(folder.resolve("config.json"), config);
    OnnxNetwork network = OnnxModel.read(file).network(3, 16, 16, false);
    assertThat(String.join(" ", network.classNames())).isEqualTo(names);
  }

  @Test
  void runsOnTheCpuOnly() {
    OnnxNetwork network = FOLDED.network();
    assertThatThrownBy(() -> network.start(new Compute("gpu", 1)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(Settings.named("ONNX models run on the CPU: give {device} cpu, not gpu"));
  }

  @Test
  void anotherNetworksNodesAreRefused() {
    Node other = OnnxFixture.of("preserved").network().nodes().get(0);
    try (Session session = FOLDED.network().start(Compute.onCpu(1))) {
      assertThatThrownBy(
              () -> session.run(FOLDED.batch(1), Set.copyOf(List.of(other)), (n, values) -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Conv2d_1 belongs to another network");
    }
  }

  /** Behind an addition something else goes in too, and one network takes one image at a time. */
  @ParameterizedTest
  @CsvSource({"folded,1", "folded,2", "folded,3", "preserved,1", "preserved,3", "activations,2"})
  void severalChannelsAtOnceAreWhatEachIsAlone(String name, int size) {
    OnnxFixture fixture = OnnxFixture.of(name);
    OnnxNetwork network = fixture.network();
    List<Node> nodes = network.nodes().stream().filter(Node::hasMaps).toList();
    try (Session session = network.start(Compute.onCpu(2));
        ResumableBatch resumable = session.resumable(fixture.batch(size), Set.copyOf(nodes))) {
      int answer = resumable.logits().length;
      for (Node node : nodes) {
        float[] all = resumable.withoutEach(node, 1, node.channels() - 1);
        float[] each = new float[answer * (node.channels() - 1)];
        for (int channel = 1; channel < node.channels(); channel++) {
          float[] one = resumable.withoutEach(node, channel, 1);
          System.arraycopy(one, 0, each, answer * (channel - 1), answer);
        }
        assertThat(all).as(node.name()).isEqualTo(each);
      }
    }
  }
}
