package io.fmviz.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForwardListenersTest {
  private final List<String> heard = new ArrayList<>();
  private NDManager manager;
  private ParameterStore parameterStore;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    parameterStore = new ParameterStore(manager, false);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private static Linear linear() {
    return Linear.builder().setUnits(8).build();
  }

  /** The network of the worked example in the class comment, all weights 1. */
  private SequentialBlock example() {
    Block branches =
        new ParallelBlock(
                outputs ->
                    new NDList(
                        outputs.get(0).singletonOrThrow().add(outputs.get(1).singletonOrThrow())))
            .add(linear())
            .add(new SequentialBlock().add(linear()).add(Activation.reluBlock()));
    SequentialBlock net = new SequentialBlock().add(branches).add(Activation.reluBlock());
    return initialized(net);
  }

  private <B extends Block> B initialized(B net) {
    net.setInitializer(Initializer.ONES, Parameter.Type.WEIGHT);
    net.initialize(manager, DataType.FLOAT32, new Shape(1, 1));
    return net;
  }

  private NDList input() {
    return new NDList(manager.create(new float[][] {{1.25f}}));
  }

  private NDList forward(Block net) {
    return net.forward(parameterStore, input(), false);
  }

  private void note(Layer layer, NDList inputs, NDList output) {
    heard.add(
        "%s at %s: %s -> %s"
            .formatted(
                layer.name(),
                layer.path(),
                inputs.singletonOrThrow().max().getFloat(),
                output.singletonOrThrow().max().getFloat()));
  }

  private static byte[] saved(Block net) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    net.saveParameters(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static List<Block> tree(Block block) {
    List<Block> blocks = new ArrayList<>(List.of(block));
    block.getChildren().values().forEach(child -> blocks.addAll(tree(child)));
    return blocks;
  }

  private void assertUntouched(Block net, List<Block> before) {
    List<Block> after = tree(net);
    assertThat(after).hasSameSizeAs(before);
    for (int i = 0; i < after.size(); i++) {
      assertThat(after.get(i)).isSameAs(before.get(i));
    }
    heard.clear();
    assertThat(forward(net).singletonOrThrow().getFloat(0, 0)).isEqualTo(2.5f);
    assertThat(heard).isEmpty();
  }

  @Test
  void hearWhatTheClassCommentSays() {
    SequentialBlock net = example();
    try (ForwardListeners listeners =
        ForwardListeners.attach(
            net,
            layer -> layer.type().equals("ReLU"),
            (layer, inputs, output) ->
                heard.add(
                    layer.name()
                        + " at "
                        + layer.path()
                        + ": "
                        + output.singletonOrThrow().max().getFloat()))) {
      assertThat(listeners.layers()).extracting(Layer::name).containsExactly("ReLU_1", "ReLU_2");
      NDList unused = forward(net);
    }
    assertThat(heard).containsExactly("ReLU_1 at 0.1.1: 1.25", "ReLU_2 at 1: 2.5");
  }

  @Test
  void nameEveryBlockInForwardOrder() {
    assertThat(ForwardListeners.layersOf(example()))
        .extracting(layer -> layer.name() + " at " + layer.path())
        .containsExactly(
            "Sequential_1 at ",
            "Parallel_1 at 0",
            "Linear_1 at 0.0",
            "Sequential_2 at 0.1",
            "Linear_2 at 0.1.0",
            "ReLU_1 at 0.1.1",
            "ReLU_2 at 1");
  }

  @Test
  void hearInputsAndOutputsThroughBothOverloads() {
    SequentialBlock net = example();
    try (ForwardListeners listeners =
        ForwardListeners.attach(net, layer -> layer.name().equals("ReLU_2"), this::note)) {
      assertThat(listeners.layers()).hasSize(1);
      NDList unused = forward(net);
      NDList labels = new NDList(manager.create(0f));
      unused = net.forward(parameterStore, input(), labels, null);
    }
    assertThat(heard).containsExactly("ReLU_2 at 1: 2.5 -> 2.5", "ReLU_2 at 1: 2.5 -> 2.5");
  }

  @Test
  void leaveTheNetworkAsItWas() {
    SequentialBlock net = example();
    List<Block> before = tree(net);
    ForwardListeners listeners = ForwardListeners.attach(net, layer -> true, this::note);
    NDList unused = forward(listeners.root());
    assertThat(heard).hasSize(7);
    listeners.close();
    listeners.close();
    assertUntouched(net, before);
  }

  @Test
  void leaveTheNetworkAsItWasAfterAnException() {
    SequentialBlock net = example();
    List<Block> before = tree(net);
    assertThatThrownBy(
            () -> {
              try (ForwardListeners listeners =
                  ForwardListeners.attach(
                      net,
                      layer -> layer.type().equals("Linear"),
                      (layer, inputs, output) -> {
                        throw new IllegalStateException("from " + layer.name());
                      })) {
                NDList unused = forward(listeners.root());
              }
            })
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("from Linear_1");
    assertUntouched(net, before);
  }

  @Test
  void overlapAndAreClosedInAnyOrder() {
    SequentialBlock net = example();
    List<Block> before = tree(net);
    ForwardListeners first =
        ForwardListeners.attach(
            net, layer -> layer.type().equals("ReLU"), (l, i, o) -> heard.add("first " + l.name()));
    ForwardListeners second =
        ForwardListeners.attach(
            net, l -> l.name().equals("ReLU_1"), (l, i, o) -> heard.add("second " + l.name()));
    NDList unused = forward(net);
    assertThat(heard).containsExactly("first ReLU_1", "second ReLU_1", "first ReLU_2");
    first.close();
    heard.clear();
    unused = forward(net);
    assertThat(heard).containsExactly("second ReLU_1");
    second.close();
    assertUntouched(net, before);
  }

  @Test
  void leaveNoTraceInSavedParameters() throws IOException {
    SequentialBlock net = example();
    byte[] before = saved(net);
    try (ForwardListeners listeners = ForwardListeners.attach(net, layer -> true, this::note)) {
      assertThat(saved(net)).isEqualTo(before);
      assertThat(saved(listeners.root())).isEqualTo(before);
      assertThat(net.getParameters().keys())
          .containsExactlyElementsOf(example().getParameters().keys());
    }
    assertThat(saved(net)).isEqualTo(before);
  }

  @Test
  void hearARootOnTheBlockThatTheyHandOut() {
    Linear net = initialized(linear());
    ForwardListeners listeners = ForwardListeners.attach(net, layer -> true, this::note);
    NDList unused = forward(listeners.root());
    listeners.close();
    assertThat(heard).containsExactly("Linear_1 at : 1.25 -> 1.25");
    assertThat(listeners.root()).isSameAs(net);
  }

  @Test
  void tellTheTwoPlacesOfOneBlockApart() {
    Block relu = Activation.reluBlock();
    SequentialBlock net = new SequentialBlock().add(relu).add(linear()).add(relu);
    initialized(net);
    try (ForwardListeners listeners =
        ForwardListeners.attach(net, layer -> layer.type().equals("ReLU"), this::note)) {
      assertThat(listeners.layers()).extracting(Layer::block).containsExactly(relu, relu);
      NDList unused = forward(net);
    }
    assertThat(heard).containsExactly("ReLU_1 at 0: 1.25 -> 1.25", "ReLU_2 at 2: 1.25 -> 1.25");
  }

  @Test
  void hearALambdaWithoutAName() {
    SequentialBlock net =
        new SequentialBlock().add(new LambdaBlock(in -> new NDList(in.singletonOrThrow().mul(2))));
    initialized(net);
    try (ForwardListeners listeners =
        ForwardListeners.attach(net, layer -> layer.path().equals("0"), this::note)) {
      assertThat(listeners.layers()).hasSize(1);
      NDList unused = forward(net);
    }
    assertThat(heard).containsExactly("Lambda_1 at 0: 1.25 -> 2.5");
  }

  @Test
  void hearTheChildOfABlockThatKeepsItInAField() {
    OneChild net = initialized(new OneChild());
    List<Block> before = tree(net);
    try (ForwardListeners listeners =
        ForwardListeners.attach(net, layer -> layer.type().equals("Linear"), this::note)) {
      assertThat(listeners.layers()).hasSize(1);
      NDList unused = forward(net);
    }
    assertThat(heard).containsExactly("Linear_1 at 0: 1.25 -> 1.25");
    assertThat(tree(net)).isEqualTo(before);
    assertThat(net.child).isSameAs(before.get(1));
  }

  @Test
  void sayWhereNoListenerCanBeAttached() {
    NarrowChild net = initialized(new NarrowChild());
    SequentialBlock outer = new SequentialBlock().add(Activation.reluBlock()).add(net);
    List<Block> before = tree(outer);
    assertThatThrownBy(() -> ForwardListeners.attach(outer, layer -> true, this::note))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            NarrowChild.class.getName()
                + " keeps its child in the field child of type Linear: a listener can't be attached"
                + " there, only to a field of type Block");
    assertThat(tree(outer)).isEqualTo(before);
  }

  private static final class OneChild extends TestBlock {
    private final Block child = addChildBlock("child", linear());

    @Override
    Block child() {
      return child;
    }
  }

  private static final class NarrowChild extends TestBlock {
    private final Linear child = addChildBlock("child", linear());

    @Override
    Block child() {
      return child;
    }
  }

  /** A block of somebody's own, which runs its child. */
  private abstract static class TestBlock extends ai.djl.nn.AbstractBlock {
    abstract Block child();

    @Override
    protected NDList forwardInternal(
        ParameterStore store,
        NDList inputs,
        boolean training,
        ai.djl.util.PairList<String, Object> options) {
      return child().forward(store, inputs, training);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return child().getOutputShapes(inputShapes);
    }

    @Override
    protected void initializeChildBlocks(NDManager m, DataType type, Shape... shapes) {
      child().initialize(m, type, shapes);
    }
  }
}
