package io.fmviz.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The digit classifier: three 3x3 convolutions with padding 1, each followed by ReLU, the first two
 * by 2x2 max pooling, the last by an average over each map; then one linear layer.
 *
 * <p>Input {@code (batch, channel, height, width)} with values in [0, 1], output logits {@code
 * (batch, classes)}.
 */
public final class Classifier implements AutoCloseable {
  /**
   * DJL's training flag, which none of the layers heeds. With it, each block that is run would
   * first collect the parameters of all below it to ask whether they are there.
   */
  private static final boolean NOT_ASKED = false;

  private final ClassifierWidths widths;
  private final NDManager manager;
  private final Block block;
  private final Block unobserved;
  private final ParameterStore parameterStore;
  private final Map<String, Parameter> parameters;

  /**
   * Builds the network on the device of a manager, in a sub-manager of its own.
   *
   * @param source is asked once for each parameter, in forward order
   */
  public Classifier(NDManager parent, ClassifierWidths widths, WeightSource source) {
    this.widths = widths;
    this.manager = parent.newSubManager();
    List<Block> layers = layers(widths);
    List<Block> head =
        List.of(Blocks.batchFlattenBlock(), Linear.builder().setUnits(widths.classes()).build());
    this.block = sequence(layers, head);
    this.unobserved = sequence(poolingFirst(layers), head);
    this.parameterStore = new ParameterStore(manager, false);
    this.parameters = named(block, widths);
    parameters.forEach(
        (name, parameter) ->
            parameter.setInitializer(
                (m, shape, type) -> m.create(source.values(name, shape.getShape()), shape)));
    // The size of the image leaves the parameters' shapes alone: any multiple of 4 will do.
    block.initialize(manager, DataType.FLOAT32, new Shape(1, widths.input(), 28, 28));
  }

  private static List<Block> layers(ClassifierWidths w) {
    return List.of(
        convolution(w.conv1(), false),
        Activation.reluBlock(),
        Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)),
        convolution(w.conv2(), true),
        Activation.reluBlock(),
        Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)),
        convolution(w.conv3(), true),
        Activation.reluBlock(),
        LambdaBlock.singleton(Classifier::averagePool, "AdaptiveAvgPool2d"));
  }

  /** Two of the three ReLUs change places with the pooling after them. */
  private static List<Block> poolingFirst(List<Block> layers) {
    List<Block> reordered = new ArrayList<>(layers);
    Collections.swap(reordered, 1, 2);
    Collections.swap(reordered, 4, 5);
    return reordered;
  }

  private static Block sequence(List<Block> layers, List<Block> head) {
    return new SequentialBlock().add(new SequentialBlock().addAll(layers)).addAll(head);
  }

  private static Block convolution(int channels, boolean alignsInput) {
    return new Conv2d(
        Conv2d.builder()
            .setKernelShape(new Shape(ClassifierWidths.KERNEL, ClassifierWidths.KERNEL))
            .optPadding(new Shape(1, 1))
            .setFilters(channels),
        alignsInput);
  }

  /**
   * AdaptiveAvgPool2d(1, 1) as PyTorch computes it, {@code (N, C, 1, 1)}; DJL's pool drops the 1s.
   */
  private static NDArray averagePool(NDArray maps) {
    Shape shape = maps.getShape();
    return maps.reshape(shape.get(0), shape.get(1), -1)
        .mean(new int[] {2}, true)
        .reshape(shape.get(0), shape.get(1), 1, 1);
  }

  private static Map<String, Parameter> named(Block block, ClassifierWidths widths) {
    List<String> names = new ArrayList<>(widths.parameterShapes().keySet());
    List<Parameter> values = block.getParameters().values();
    Map<String, Parameter> named = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      named.put(names.get(i), values.get(i));
    }
    return Collections.unmodifiableMap(named);
  }

  public ClassifierWidths widths() {
    return widths;
  }

  /** The network as a DJL block, for listeners. */
  public Block block() {
    return block;
  }

  /** The parameters in forward order, under PyTorch's names. */
  public Map<String, Parameter> parameters() {
    return parameters;
  }

  /**
   * Runs a batch through the network.
   *
   * @param images {@code (batch, channel, height, width)}; the logits go to its manager
   * @return {@code (batch, classes)}
   */
  public NDArray logits(NDArray images) {
    return block.forward(parameterStore, new NDList(images), NOT_ASKED).singletonOrThrow();
  }

  /**
   * The same logits, and gradients, to the bit, in less time and memory; but listeners on {@link
   * #block} hear nothing. The largest ReLU of a window is the ReLU of its largest value, so that
   * ReLU can come after pooling, which leaves it a quarter of the values. Either way a gradient
   * goes to the first of the largest values, and to none where they are not above 0.
   */
  public NDArray unobservedLogits(NDArray images) {
    return unobserved.forward(parameterStore, new NDList(images), NOT_ASKED).singletonOrThrow();
  }

  /**
   * Runs what comes after one of the network's layers: the rest of every sequence that it stands
   * in.
   *
   * @param path of the layer: the positions of the blocks that lead to it, {@code 0.3}
   * @param output the layer's, or another in its place; the logits go to its manager
   * @return {@code (batch, classes)}
   */
  public NDArray logitsAfter(String path, NDArray output) {
    int[] positions = Arrays.stream(path.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
    return after(block, positions, 0, new NDList(output)).singletonOrThrow();
  }

  private NDList after(Block sequence, int[] positions, int depth, NDList output) {
    List<Block> children = sequence.getChildren().values();
    int position = positions[depth];
    NDList current =
        depth + 1 == positions.length
            ? output
            : after(children.get(position), positions, depth + 1, output);
    for (Block child : children.subList(position + 1, children.size())) {
      current = child.forward(parameterStore, current, NOT_ASKED);
    }
    return current;
  }

  /** A copy of every parameter's values, row by row, under PyTorch's names in forward order. */
  public Map<String, float[]> weights() {
    Map<String, float[]> weights = new LinkedHashMap<>();
    parameters.forEach((name, p) -> weights.put(name, p.getArray().toFloatArray()));
    return weights;
  }

  @Override
  public void close() {
    manager.close();
  }
}
