package io.fmviz.network.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import io.fmviz.ChannelsFixture;
import io.fmviz.Nodes;
import io.fmviz.TorchFixture;
import io.fmviz.base.Threads;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.ResumableBatch;
import io.fmviz.network.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierSessionTest {
  private static final LabeledImages IMAGES = TorchFixture.images();
  private static final Offset<Float> CLOSE = Offset.offset(1e-6f);

  private final Network network = TorchFixture.network("before.");

  private static Batch batch(int... indices) {
    return Batch.of(IMAGES, indices, 0, indices.length);
  }

  private static Batch all() {
    return batch(IntStream.range(0, 12).toArray());
  }

  private static List<Block> tree(Block block) {
    List<Block> blocks = new ArrayList<>(List.of(block));
    block.getChildren().values().forEach(child -> blocks.addAll(tree(child)));
    return blocks;
  }

  @Test
  void tellsOfEachChosenNodeOnceInForwardOrder() {
    try (Session session = network.start(Compute.onCpu(2))) {
      List<Node> heard = new ArrayList<>();
      Set<Node> chosen = Set.copyOf(Nodes.of(network, "Linear_1", "ReLU_3", "Conv2d_1", "ReLU_1"));
      for (int time = 0; time < 2; time++) {
        session.run(
            batch(3, 1),
            chosen,
            (node, values) -> {
              heard.add(node);
              assertThat(values.remaining()).isEqualTo(Math.toIntExact(2 * node.size()));
            });
      }
      List<Node> order = Nodes.of(network, "Conv2d_1", "ReLU_1", "ReLU_3", "Linear_1");
      assertThat(heard.subList(0, 4)).isEqualTo(order);
      assertThat(heard.subList(4, 8)).isEqualTo(order);
      assertThat(session.network()).isSameAs(network);
      assertThat(session.device()).isEqualTo("cpu");
    }
  }

  @Test
  void hearsTheLogitsAsItReturnsThem() {
    try (Session session = network.start(Compute.onCpu(2))) {
      float[] heard = new float[120];
      float[] logits =
          session.run(
              all(), Set.of(Nodes.named(network, "Linear_1")), (node, values) -> values.get(heard));
      assertThat(logits).containsExactly(heard);
      assertThat(logits)
          .containsExactly(Arrays.copyOf(TorchFixture.floats("logits"), 120), Offset.offset(1e-5f));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void answersWithTheSameBitsUnheard(int threads) {
    try (Session session = network.start(Compute.onCpu(threads))) {
      List<Future<float[]>> answers = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        answers.add(session.answer(batch(i, (i + 5) % 12, 7)));
      }
      for (int i = 0; i < 12; i++) {
        float[] logits =
            session.run(batch(i, (i + 5) % 12, 7), Set.copyOf(network.nodes()), (n, v) -> {});
        assertThat(Threads.result(answers.get(i))).containsExactly(logits);
      }
    }
  }

  @Test
  void hearsNothingOfAnswersThatAreUnderWay() {
    try (Session session = network.start(Compute.onCpu(2))) {
      List<Node> heard = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Future<float[]> unused = session.answer(all());
      }
      session.run(all(), Set.copyOf(network.nodes()), (node, values) -> heard.add(node));
      assertThat(heard).isEqualTo(network.nodes());
    }
  }

  @Test
  void isTheSameOnTheRestOfTheWayForOneOutputHoweverItIsGiven() {
    try (Session session = network.start(Compute.onCpu(2));
        ResumableBatch resumable = session.resumable(all(), Set.copyOf(network.nodes()))) {
      assertThat(resumable.logits())
          .containsExactly(session.run(all(), Set.of(), (node, values) -> {}));
      for (Node node : network.nodes()) {
        float[] output = resumable.output(node);
        assertThat(resumable.after(node, output))
            .as(node.name())
            .containsExactly(resumable.logits());
        int size = Math.toIntExact(node.size() / node.channels());
        for (int channel = 0; channel < node.channels(); channel++) {
          float[] zeroed = output.clone();
          for (int n = 0; n < 12; n++) {
            int from = (n * node.channels() + channel) * size;
            Arrays.fill(zeroed, from, from + size, 0);
          }
          assertThat(resumable.after(node, zeroed))
              .as("%s without %d", node, channel)
              .containsExactly(resumable.withoutEach(node, channel, 1));
        }
      }
    }
  }

  /** A kernel of zeros and no bias: the convolution's channel is zero, and so it stays. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void answersWithoutAChannelAsANetworkThatDoesNotHaveIt(int number) {
    try (Session session = network.start(Compute.onCpu(2));
        ResumableBatch resumable = session.resumable(all(), Set.copyOf(network.nodes()))) {
      List<String> types = List.of("Conv2d_", "ReLU_", number < 3 ? "MaxPool2d_" : "ReLU_");
      Node convolution = Nodes.named(network, "Conv2d_" + number);
      int changing = 0;
      for (int channel = 0; channel < convolution.channels(); channel++) {
        float[] expected = logitsWithout(convolution, channel);
        changing += Arrays.equals(expected, resumable.logits()) ? 0 : 1;
        for (String type : types) {
          assertThat(resumable.withoutEach(Nodes.named(network, type + number), channel, 1))
              .as("%s%d without %d", type, number, channel)
              .containsExactly(expected, CLOSE);
        }
      }
      // Some are dead.
      assertThat(changing).isPositive();
    }
  }

  private static float[] logitsWithout(Node convolution, int channel) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    TorchFixture.WIDTHS
        .parameterShapes()
        .forEach(
            (name, shape) -> {
              float[] values = TorchFixture.floats("before." + name).clone();
              if (name.startsWith(convolution.path() + ".")) {
                int size = values.length / convolution.channels();
                Arrays.fill(values, channel * size, (channel + 1) * size, 0);
              }
              weights.put(name, values);
            });
    try (Session session =
        ChannelsFixture.network(TorchFixture.WIDTHS, weights).start(Compute.onCpu(2))) {
      return session.run(all(), Set.of(), (node, values) -> {});
    }
  }

  @Test
  void keepsWhatIsHeldWhileOtherBatchesRun() {
    Node relu = Nodes.named(network, "ReLU_1");
    try (Session session = network.start(Compute.onCpu(2));
        ResumableBatch resumable = session.resumable(batch(0), Set.of(relu))) {
      float[] logits = resumable.logits();
      float[] without = resumable.withoutEach(relu, 1, 1);
      List<Node> heard = new ArrayList<>();
      session.run(batch(5), Set.of(relu), (node, values) -> heard.add(node));
      try (ResumableBatch other = session.resumable(batch(7), Set.of(relu))) {
        assertThat(other.logits()).isNotEqualTo(logits);
      }
      Set<Node> later = Set.copyOf(Nodes.of(network, "ReLU_1", "ReLU_2"));
      session.run(batch(5), later, (node, values) -> heard.add(node));
      assertThat(resumable.withoutEach(relu, 1, 1)).containsExactly(without);
      assertThat(resumable.logits()).containsExactly(logits);
      assertThat(heard).extracting(Node::name).containsExactly("ReLU_1", "ReLU_1", "ReLU_2");
    }
  }

  @Test
  void refusesNodesThatWereNotHeld() {
    try (Session session = network.start(Compute.onCpu(1));
        ResumableBatch resumable =
            session.resumable(batch(0), Set.of(Nodes.named(network, "ReLU_1")))) {
      assertThatThrownBy(() -> resumable.withoutEach(Nodes.named(network, "ReLU_2"), 0, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("ReLU_2 was not held");
    }
  }

  @Test
  void leavesTheNetworkAsItWas() {
    try (NDManager manager = NDManager.newBaseManager();
        Classifier classifier =
            new Classifier(manager, TorchFixture.WIDTHS, TorchFixture.weights("before."))) {
      List<Block> before = tree(classifier.block());
      try (Session session = ClassifierNetwork.session(classifier, manager)) {
        Set<Node> nodes = Set.copyOf(session.network().nodes());
        session.run(all(), nodes, (node, values) -> {});
        assertThat(tree(classifier.block())).isNotEqualTo(before);
        try (ResumableBatch resumable = session.resumable(all(), nodes)) {
          assertThat(tree(classifier.block())).isEqualTo(before);
          assertThat(resumable.logits()).hasSize(120);
        }
        session.run(all(), nodes, (node, values) -> {});
      }
      assertThat(tree(classifier.block())).isEqualTo(before);
      assertThat(tree(classifier.unobserved())).hasSameSizeAs(before);
    }
  }
}
