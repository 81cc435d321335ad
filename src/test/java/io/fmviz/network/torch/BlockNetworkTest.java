package io.fmviz.network.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import io.fmviz.Nodes;
import io.fmviz.Parts;
import io.fmviz.Zoo;
import io.fmviz.base.Threads;
import io.fmviz.base.UserException;
import io.fmviz.dataset.FloatImages;
import io.fmviz.forward.ForwardListeners;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.Costs;
import io.fmviz.network.Defaults;
import io.fmviz.network.InputForm;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Origin;
import io.fmviz.network.ResumableBatch;
import io.fmviz.network.Session;
import io.fmviz.probe.Batches;
import io.fmviz.probe.Probe;
import io.fmviz.runtime.Torch;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against DJL alone, on a residual network of its model zoo with random weights. */
class BlockNetworkTest {
  private static final int SIDE = 28;
  private static final FloatImages IMAGES = Zoo.noise(4, SIDE);
  private static final Offset<Float> CLOSE = Offset.offset(1e-5f);

  private NDManager manager;
  private Block block;
  private Network network;

  @BeforeEach
  void build() {
    manager = NDManager.newBaseManager();
    block = Zoo.resnet(manager, 8, SIDE, 10);
    network = new BlockNetwork("resnet", block, new InputForm(3, SIDE, SIDE));
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private static Batch batch() {
    return Batch.of(IMAGES, Parts.all(4), 0, 4);
  }

  /** The same images as DJL takes them. */
  private NDList input() {
    FloatBuffer values = FloatBuffer.allocate(4 * IMAGES.size());
    for (int i = 0; i < 4; i++) {
      IMAGES.copyTo(values, i);
    }
    return new NDList(manager.create(values.array(), new Shape(4, 3, SIDE, SIDE)));
  }

  private NDList forward(Block part, NDList input) {
    return part.forward(new ParameterStore(manager, false), input, false);
  }

  private float[] logits() {
    return forward(block, input()).singletonOrThrow().toFloatArray();
  }

  private static List<Block> tree(Block block) {
    List<Block> blocks = new ArrayList<>(List.of(block));
    block.getChildren().values().forEach(child -> blocks.addAll(tree(child)));
    return blocks;
  }

  private static List<String> described(Network network) {
    return network.nodes().stream()
        .map(n -> n + " " + n.path() + " " + n.inputs() + " " + n.shape() + " " + n.parameters())
        .toList();
  }

  @Test
  void imagesOfAnotherFormAreRefusedHoweverTheyAreRun() {
    FloatImages small = new FloatImages(new float[2 * 12 * 16], 2, 12, 16);
    Batch other = Batch.of(small, new int[] {0}, 0, 1);
    Set<Node> all = Set.copyOf(network.nodes());
    String message =
        "resnet takes images of 28 x 28 pixels with 3 channels, not of 12 x 16 pixels with 2 channels";
    try (Session session = network.start(Compute.onCpu(2))) {
      assertThatThrownBy(() -> session.run(other, all, (node, values) -> {}))
          .isInstanceOf(UserException.class)
          .hasMessage(message);
      assertThatThrownBy(() -> session.answer(other)).hasMessage(message);
      assertThatThrownBy(() -> session.resumable(other, all)).hasMessage(message);
      assertThatThrownBy(() -> new Probe(session, small, List.of()).logits((done, total) -> {}))
          .hasMessage(message);
      // The session works on.
      assertThat(session.run(batch(), Set.of(), (node, values) -> {})).hasSize(40);
    }
  }

  /** It is no checkpoint, no dataset's, and its blocks' outputs stay until a batch is through. */
  @Test
  void saysOfItselfWhatIsKnownOfAnyBlocks() {
    assertThat(network.origin()).isEqualTo(Origin.MODEL);
    assertThat(network.origin().model("resnet")).isEqualTo("resnet");
    assertThat(network.origin().checkpoint("resnet")).isNull();
    assertThat(network.defaults()).isEqualTo(Defaults.ANY);
    assertThat(network.costs()).isEqualTo(new Costs(1 << 22, false));
    // 16 maps of 28 x 28 are the largest output; 2^22 / (2 * 12,544) = 167.
    List<Node> first = List.of(network.nodes().get(0));
    assertThat(Batches.of(IMAGES, Parts.all(4), network, first, 1000).size()).isEqualTo(167);
  }

  @Test
  void aThreadThatTakesASessionOverRunsItOnAsManyThreads() {
    try (Session session = network.start(Compute.onCpu(2))) {
      float[] before = session.run(batch(), Set.of(), (node, values) -> {});
      int[] threads = new int[1];
      float[] after =
          CompletableFuture.supplyAsync(
                  () -> {
                    session.takeOver(1);
                    threads[0] = Torch.threads();
                    return session.run(batch(), Set.of(), (node, values) -> {});
                  },
                  task -> new Thread(task).start())
              .join();
      assertThat(threads[0]).isEqualTo(1);
      assertThat(Torch.threads()).isEqualTo(2);
      assertThat(after).containsExactly(before, CLOSE);
    }
  }

  @Test
  void findsEveryBlockThatComputesWithShapesAndEdges() {
    assertThat(described(network))
        .startsWith(
            "Conv2d_1 0 [] [16, 28, 28] 432",
            "Conv2d_2 1.0.0 [Conv2d_1] [16, 28, 28] 2304",
            "BatchNorm_1 1.0.1 [Conv2d_2] [16, 28, 28] 32",
            "Lambda_1 1.0.2 [BatchNorm_1] [16, 28, 28] 0",
            "Conv2d_3 1.0.3 [Lambda_1] [16, 28, 28] 2304",
            "BatchNorm_2 1.0.4 [Conv2d_3] [16, 28, 28] 32",
            "Conv2d_4 1.1.0 [Conv2d_1] [16, 28, 28] 256",
            "BatchNorm_3 1.1.1 [Conv2d_4] [16, 28, 28] 32",
            "Parallel_1 1 [BatchNorm_2, BatchNorm_3] [16, 28, 28] 0",
            "Conv2d_5 2.0.0 [Parallel_1] [32, 14, 14] 4608")
        .endsWith(
            "Parallel_3 3 [BatchNorm_8, BatchNorm_9] [64, 7, 7] 0",
            "AdaptiveAvgPool2d_1 4 [Parallel_3] [64] 0",
            "Flatten_1 5 [AdaptiveAvgPool2d_1] [64] 0",
            "Linear_1 6 [Flatten_1] [10] 650",
            "Flatten_2 7 [Linear_1] [10] 0")
        .hasSize(29);
    assertThat(network.classes()).isEqualTo(10);
    assertThat(network.outputs()).hasSize(1);
    assertThat(network.outputs().get(0).name()).isEqualTo("output");
    assertThat(network.outputs().get(0).node()).isSameAs(Nodes.named(network, "Flatten_2"));
    assertThat(network.location()).isEqualTo("resnet");
    assertThat(network.nodes()).isEqualTo(network.nodes());
  }

  /** Deeper, some shortcuts are the identity: the sum reads the sum before. */
  @Test
  void findsShortcutsThatPassTheirInputOn() {
    Block deeper = Zoo.resnet(manager, 18, 64, 100);
    Network deep = new BlockNetwork("resnet18", deeper, new InputForm(3, 64, 64));
    Map<String, String> read = new LinkedHashMap<>();
    deep.nodes().stream()
        .filter(node -> node.type().equals("Parallel"))
        .forEach(node -> read.put(node.name(), node.inputs().toString()));
    assertThat(read)
        .containsExactly(
            Map.entry("Parallel_1", "[BatchNorm_4, BatchNorm_5]"),
            Map.entry("Parallel_2", "[BatchNorm_8, Parallel_1]"),
            Map.entry("Parallel_3", "[BatchNorm_11, BatchNorm_12]"),
            Map.entry("Parallel_4", "[BatchNorm_15, Parallel_3]"),
            Map.entry("Parallel_5", "[BatchNorm_18, BatchNorm_19]"),
            Map.entry("Parallel_6", "[BatchNorm_22, Parallel_5]"),
            Map.entry("Parallel_7", "[BatchNorm_25, BatchNorm_26]"),
            Map.entry("Parallel_8", "[BatchNorm_29, Parallel_7]"));
    assertThat(deep.classes()).isEqualTo(100);
  }

  @Test
  void followsArraysThroughBlocksThatAreNoNodes() {
    Block splits =
        new LambdaBlock(in -> new NDList(in.get(0).get(":, :2"), in.get(0).get(":, 2:")), "split");
    Block joins = new LambdaBlock(in -> new NDList(in.get(0).mul(in.get(1))), "join");
    Block passes = Blocks.identityBlock();
    Block shortcut =
        new ParallelBlock(outputs -> new NDList(outputs.get(0).get(0).add(outputs.get(1).get(0))))
            .add(Blocks.identityBlock())
            .add(Activation.reluBlock());
    SequentialBlock net =
        new SequentialBlock()
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(4).build())
            .add(splits)
            .add(joins)
            .add(passes)
            .add(shortcut);
    net.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 2, 2));
    Network found = new BlockNetwork("net", net, new InputForm(3, 2, 2));
    assertThat(described(found))
        .containsExactly(
            "Flatten_1 0 [] [12] 0",
            "Linear_1 1 [Flatten_1] [4] 52",
            "join_1 3 [Linear_1] [2] 0",
            "ReLU_1 5.1 [join_1] [2] 0",
            "Parallel_1 5 [join_1, ReLU_1] [2] 0");
    assertThat(found.classes()).isEqualTo(2);
  }

  @Test
  void givesTheKernelsOfConvolutions() {
    Node convolution = Nodes.named(network, "Conv2d_5");
    assertThat(network.kernel(convolution).orElseThrow().shape()).containsExactly(32, 16, 3, 3);
    assertThat(network.kernel(Nodes.named(network, "Linear_1"))).isEmpty();
    assertThat(network.kernel(Nodes.named(network, "BatchNorm_1"))).isEmpty();
  }

  @Test
  void hearsEveryNodeOnceAsForwardListenersDo() {
    Map<String, float[]> expected = new LinkedHashMap<>();
    List<Block> before = tree(block);
    try (ForwardListeners listeners =
        ForwardListeners.attach(
            block,
            layer -> true,
            (layer, in, out) ->
                expected.put(layer.name(), out.singletonOrThrow().toFloatArray()))) {
      NDList unused = forward(listeners.root(), input());
    }
    List<String> heard = new ArrayList<>();
    try (Session session = network.start(Compute.onCpu(2))) {
      float[] logits =
          session.run(
              batch(),
              Set.copyOf(network.nodes()),
              (node, values) -> {
                heard.add(node.name());
                float[] output = new float[values.remaining()];
                values.get(output);
                assertThat(output).hasSize(Math.toIntExact(4 * node.size()));
                assertThat(output).as(node.name()).containsExactly(expected.get(node.name()));
              });
      assertThat(logits).hasSize(40).containsExactly(logits());
      assertThat(Threads.result(session.answer(batch()))).containsExactly(logits());
    }
    assertThat(heard).containsExactlyElementsOf(network.nodes().stream().map(Node::name).toList());
    assertThat(tree(block)).isEqualTo(before);
  }

  @Test
  void givesAnImageTheSameBitsWhateverComesWithIt() {
    try (Session session = network.start(Compute.onCpu(2))) {
      float[] alone = logitsOfTheFirst(session, 1);
      assertThat(logitsOfTheFirst(session, 5)).containsExactly(alone);
      assertThat(logitsOfTheFirst(session, 130)).containsExactly(alone);
    }
  }

  private static float[] logitsOfTheFirst(Session session, int count) {
    float[] first = new float[10];
    new Probe(session, Zoo.noise(count, SIDE), List.of())
        .run(
            Parts.all(count),
            new Probe.Consumer() {
              @Override
              public void logits(Batch batch, float[] logits) {
                if (batch.first() == 0) {
                  System.arraycopy(logits, 0, first, 0, 10);
                }
              }
            },
            (done, total) -> {});
    return first;
  }

  /** No bias: a convolution with a kernel of zeros makes a channel of zeros. */
  @Test
  void answersWithoutAChannelAsWithAKernelOfZeros() {
    try (Session session = network.start(Compute.onCpu(2));
        ResumableBatch resumable = session.resumable(batch(), Set.copyOf(network.nodes()))) {
      assertThat(resumable.logits()).containsExactly(logits());
      for (String name : List.of("Conv2d_1", "Conv2d_2", "Conv2d_7")) {
        Node node = Nodes.named(network, name);
        Block convolution = at(node.path());
        NDArray weight = convolution.getDirectParameters().get("weight").getArray();
        NDArray kept = weight.duplicate();
        weight.set(new NDIndex("3"), 0f);
        float[] expected = logits();
        weight.set(kept.toFloatArray());
        assertThat(expected).isNotEqualTo(resumable.logits());
        assertThat(resumable.withoutEach(node, 3, 1)).as(name).containsExactly(expected, CLOSE);
      }
      assertThat(logits()).containsExactly(resumable.logits());
    }
  }

  private Block at(String path) {
    Block found = block;
    for (String position : path.split("\\.", -1)) {
      found = found.getChildren().valueAt(Integer.parseInt(position));
    }
    return found;
  }

  @Test
  void answersWithoutAChannelOfASumAsTheRestDoesByHand() {
    Node sum = Nodes.named(network, "Parallel_2");
    List<Block> children = block.getChildren().values();
    NDList current = input();
    for (Block child : children.subList(0, 3)) {
      current = forward(child, current);
    }
    float[] before = current.singletonOrThrow().toFloatArray();
    current.singletonOrThrow().set(new NDIndex(":, 9"), 0f);
    for (Block child : children.subList(3, children.size())) {
      current = forward(child, current);
    }
    try (Session session = network.start(Compute.onCpu(2));
        ResumableBatch resumable = session.resumable(batch(), Set.of(sum))) {
      assertThat(resumable.output(sum)).containsExactly(before);
      assertThat(resumable.withoutEach(sum, 9, 1))
          .containsExactly(current.singletonOrThrow().toFloatArray(), CLOSE)
          .isNotEqualTo(resumable.logits());
    }
  }

  /** Of nodes in sequences, and of those in branches, for which all of the network runs again. */
  @Test
  void answersTheSameForAnOutputThatIsTheSame() {
    List<Block> before = tree(block);
    try (Session session = network.start(Compute.onCpu(2));
        ResumableBatch resumable = session.resumable(batch(), Set.copyOf(network.nodes()))) {
      for (Node node : network.nodes()) {
        float[] output = resumable.output(node);
        assertThat(resumable.after(node, output))
            .as(node.name())
            .containsExactly(resumable.logits(), CLOSE);
        int size = Math.toIntExact(node.size() / node.channels());
        for (int n = 0; n < 4; n++) {
          int from = (n * node.channels() + 2) * size;
          Arrays.fill(output, from, from + size, 0);
        }
        assertThat(resumable.after(node, output))
            .as("%s without 2", node)
            .containsExactly(resumable.withoutEach(node, 2, 1), CLOSE);
      }
    }
    assertThat(tree(block)).isEqualTo(before);
  }

  @Test
  void refusesNodesOfAnotherNetwork() {
    Network other = new BlockNetwork("other", block, network.input());
    try (Session session = network.start(Compute.onCpu(1))) {
      assertThatThrownBy(
              () -> session.run(batch(), Set.of(other.nodes().get(0)), (node, values) -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("some of the nodes belong to another network");
    }
  }

  /** A batch that is held is not touched by those that come before it is done with. */
  @Test
  void whatIsHeldStaysWhatItWasWhileOtherBatchesRun() throws Exception {
    Node branch =
        network.nodes().stream()
            .filter(node -> node.hasMaps() && node.path().chars().filter(c -> c == '.').count() > 1)
            .findFirst()
            .orElseThrow();
    Batch other = Batch.of(IMAGES, new int[] {3, 2, 1, 0}, 0, 4);
    try (Session session = network.start(Compute.onCpu(1));
        ResumableBatch resumable = session.resumable(batch(), Set.of(branch))) {
      float[] without = resumable.withoutEach(branch, 0, 1);
      session.run(other, Set.of(), (node, values) -> {});
      Future<float[]> answer = session.answer(other);
      assertThat(resumable.withoutEach(branch, 0, 1)).containsExactly(without);
      assertThat(answer.get())
          .containsExactly(session.run(other, Set.of(), (node, values) -> {}), CLOSE);
    }
  }
}
