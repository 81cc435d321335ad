package io.fmviz.network.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.Nodes;
import io.fmviz.TorchFixture;
import io.fmviz.analysis.ReceptiveField;
import io.fmviz.network.Kernel;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Output;
import io.fmviz.network.Window;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopologyTest {
  private final Network network = ClassifierNetwork.untrained(Topology.DIGITS.ofBase(32));

  private List<String> described() {
    return network.nodes().stream()
        .map(
            n ->
                "%s %s %s %s %d %s"
                    .formatted(
                        n.name(),
                        n.path(),
                        n.inputs(),
                        n.shape(),
                        n.parameters(),
                        n.window().map(w -> w.kernel() + "/" + w.stride() + "/" + w.padding())))
        .toList();
  }

  @Test
  void hasEachLayerReadTheOneBefore() {
    assertThat(described())
        .containsExactly(
            "Conv2d_1 net.0 [] [32, 28, 28] 320 Optional[3/1/1]",
            "ReLU_1 net.1 [Conv2d_1] [32, 28, 28] 0 Optional[1/1/0]",
            "MaxPool2d_1 net.2 [ReLU_1] [32, 14, 14] 0 Optional[2/2/0]",
            "Conv2d_2 net.3 [MaxPool2d_1] [64, 14, 14] 18496 Optional[3/1/1]",
            "ReLU_2 net.4 [Conv2d_2] [64, 14, 14] 0 Optional[1/1/0]",
            "MaxPool2d_2 net.5 [ReLU_2] [64, 7, 7] 0 Optional[2/2/0]",
            "Conv2d_3 net.6 [MaxPool2d_2] [128, 7, 7] 73856 Optional[3/1/1]",
            "ReLU_3 net.7 [Conv2d_3] [128, 7, 7] 0 Optional[1/1/0]",
            "AdaptiveAvgPool2d_1 net.8 [ReLU_3] [128, 1, 1] 0 Optional[7/7/0]",
            "Linear_1 fc [AdaptiveAvgPool2d_1] [10] 1290 Optional.empty");
  }

  @Test
  void knowsNoSquareWhereTheImagesAreNone() {
    List<Node> nodes =
        Topology.DIGITS.nodes(
            new ClassifierWidths(Topology.DIGITS, 3, List.of(5, 6, 7), 4), 28, 20);
    assertThat(nodes.get(7).shape()).containsExactly(7, 7, 5);
    assertThat(nodes.get(7).window()).contains(Window.POINT);
    assertThat(nodes.get(8).shape()).containsExactly(7, 1, 1);
    assertThat(nodes.get(8).window()).isEmpty();
    assertThat(ReceptiveField.of(nodes.get(8))).isEmpty();
    assertThat(ReceptiveField.of(nodes.get(7))).contains(new ReceptiveField(18, 4, 7));
  }

  @Test
  void seesTheImageThroughNothingButKnownWindows() {
    Node linear = Nodes.named(network, "Linear_1");
    assertThat(ReceptiveField.of(linear)).isEmpty();
    assertThat(ReceptiveField.of(linear.inputs().get(0))).contains(new ReceptiveField(42, 28, 7));
  }

  @Test
  void namesParametersByTheLayersPaths() {
    ClassifierWidths widths = new ClassifierWidths(Topology.DIGITS, 3, List.of(5, 6, 7), 4);
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    widths
        .parameterShapes()
        .forEach((name, shape) -> shapes.put(name, Arrays.stream(shape).boxed().toList()));
    assertThat(shapes)
        .containsExactly(
            Map.entry("net.0.weight", List.of(5L, 3L, 3L, 3L)),
            Map.entry("net.0.bias", List.of(5L)),
            Map.entry("net.3.weight", List.of(6L, 5L, 3L, 3L)),
            Map.entry("net.3.bias", List.of(6L)),
            Map.entry("net.6.weight", List.of(7L, 6L, 3L, 3L)),
            Map.entry("net.6.bias", List.of(7L)),
            Map.entry("fc.weight", List.of(4L, 7L)),
            Map.entry("fc.bias", List.of(4L)));
    List<Node> nodes = ClassifierNetwork.untrained(widths).nodes();
    assertThat(nodes.stream().mapToLong(Node::parameters).sum())
        .isEqualTo(widths.parameterCount())
        .isEqualTo(5 * 28 + 6 * 46 + 7 * 55 + 4 * 8);
  }

  @Test
  void endsInItsLogits() {
    Node linear = Nodes.named(network, "Linear_1");
    assertThat(network.outputs()).containsExactly(new Output("logits", linear));
    assertThat(network.classes()).isEqualTo(10);
    assertThat(network.input().size()).isEqualTo(784);
  }

  @Test
  void makesNodesThatAreEqualToThemselvesOnly() {
    Set<Node> both = new HashSet<>(network.nodes());
    both.addAll(ClassifierNetwork.untrained(Topology.DIGITS.ofBase(32)).nodes());
    assertThat(both).hasSize(20);
    assertThat(network.nodes()).isEqualTo(network.nodes());
    assertThat(network.nodes().get(0)).isNotEqualTo(described().get(0));
  }

  @Test
  void givesTheKernelsOfConvolutionsOnly() {
    Network fixture = TorchFixture.network("before.");
    for (Node node : fixture.nodes()) {
      assertThat(fixture.kernel(node).isPresent())
          .as(node.name())
          .isEqualTo(node.type().equals("Conv2d"));
    }
    Kernel kernel = fixture.kernel(Nodes.named(fixture, "Conv2d_2")).orElseThrow();
    assertThat(kernel.shape()).containsExactly(4, 2, 3, 3);
    assertThat(kernel.values()).isEqualTo(TorchFixture.floats("before.net.3.weight"));
  }

  /** A file from elsewhere has nothing but these to tell it by. */
  @Test
  void toldByTheirParametersNoTwoAreTheSame() {
    assertThat(Topology.KNOWN).extracting(Topology::name).doesNotHaveDuplicates();
    assertThat(Topology.KNOWN)
        .extracting(t -> t.ofBase(2).parameterShapes().keySet())
        .doesNotHaveDuplicates();
  }

  @Test
  void refusesWhatIsNoClassifier() {
    ClassifierLayer convolution = ClassifierLayer.convolution("net.0", 3);
    ClassifierLayer average = ClassifierLayer.averagePool("net.1");
    ClassifierLayer linear = ClassifierLayer.linear("fc");
    assertThatThrownBy(() -> new Topology("bare", 28, List.of(convolution, average, linear)))
        .hasMessage("bare has the layers CONVOLUTION AVERAGE_POOL LINEAR");
    assertThatThrownBy(() -> new ClassifierWidths(Topology.DIGITS, 1, List.of(2, 4), 10))
        .hasMessage("2 convolutions where 3 belong");
  }
}
