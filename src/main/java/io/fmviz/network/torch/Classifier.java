package io.fmviz.network.torch;

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
import io.fmviz.network.Window;
import io.fmviz.network.torch.ClassifierLayer.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A classifier that can be trained and run, of the layers that its topology has.
 *
 * <p>Input {@code (batch, channel, height, width)} with values in [0, 1], output logits {@code
 * (batch, classes)}.
 */
public final class Classifier implements AutoCloseable {
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
    this.block = sequence(layers);
    this.unobserved = sequence(poolingFirst(widths.topology(), layers));
    this.parameterStore = new ParameterStore(manager, false);
    this.parameters = named(block, widths);
    parameters.forEach(
        (name, parameter) ->
            parameter.setInitializer(
                (m, shape, type) -> m.create(source.values(name, shape.getShape()), shape)));
    int side = widths.topology().side();
    block.initialize(manager, DataType.FLOAT32, new Shape(1, widths.input(), side, side));
  }

  private static List<Block> layers(ClassifierWidths widths) {
    Iterator<Integer> channels = widths.convolutions().iterator();
    List<Block> layers = new ArrayList<>();
    for (ClassifierLayer layer : widths.topology().layers()) {
      // The first layer's input, the few channels of images, stands in no blocks.
      boolean first = layers.isEmpty();
      layers.add(
          switch (layer.kind()) {
            case CONVOLUTION -> convolution(layer.window(), channels.next(), !first);
            case RELU -> Activation.reluBlock();
            case MAX_POOL ->
                Pool.maxPool2dBlock(
                    square(layer.window().kernel()), square(layer.window().stride()));
            case AVERAGE_POOL ->
                LambdaBlock.singleton(Classifier::averagePool, layer.kind().type());
            case LINEAR -> Linear.builder().setUnits(widths.classes()).build();
          });
    }
    return layers;
  }

  /** ReLUs before a pooling change places with it. */
  private static List<Block> poolingFirst(Topology topology, List<Block> layers) {
    List<Block> reordered = new ArrayList<>(layers);
    for (int i = 0; i + 1 < layers.size(); i++) {
      if (topology.layers().get(i).kind() == Kind.RELU
          && topology.layers().get(i + 1).kind() == Kind.MAX_POOL) {
        Collections.swap(reordered, i, i + 1);
      }
    }
    return reordered;
  }

  /** As PyTorch nests them: all but the linear layer in a sequence of their own. */
  private static Block sequence(List<Block> layers) {
    int last = layers.size() - 1;
    return new SequentialBlock()
        .add(new SequentialBlock().addAll(layers.subList(0, last)))
        .add(Blocks.batchFlattenBlock())
        .add(layers.get(last));
  }

  private static Block convolution(Window window, int channels, boolean alignsInput) {
    return new Conv2d(
        Conv2d.builder()
            .setKernelShape(square(window.kernel()))
            .optPadding(square(window.padding()))
            .setFilters(channels),
        alignsInput);
  }

  private static Shape square(int side) {
    return new Shape(side, side);
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
   * The same layers, sharing all parameters, in an order that gives the same logits and gradients,
   * to the bit, in less time and memory; but listeners on {@link #block} hear nothing of it. The
   * largest ReLU of a window is the ReLU of its largest value, so that ReLU can come after pooling,
   * which leaves it a quarter of the values. Either way a gradient goes to the first of the largest
   * values, and to none where they are not above 0.
   */
  public Block unobserved() {
    return unobserved;
  }

  /** Where the blocks find their parameters. */
  public ParameterStore parameterStore() {
    return parameterStore;
  }

  /**
   * Runs a batch that nobody listens to through the network.
   *
   * @param images {@code (batch, channel, height, width)}; the logits go to its manager
   * @return {@code (batch, classes)}
   */
  public NDArray logits(NDArray images) {
    return unobserved
        .forward(parameterStore, new NDList(images), BlockSession.NOT_ASKED)
        .singletonOrThrow();
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
