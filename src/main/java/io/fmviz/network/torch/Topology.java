package io.fmviz.network.torch;

import io.fmviz.base.Exact;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Require;
import io.fmviz.network.Node;
import io.fmviz.network.torch.ClassifierLayer.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a classifier is made of, layer by layer, however wide these are. All else follows from it:
 * the blocks that run, the parameters' names and shapes, the widths that a file's tensors have, the
 * nodes that are looked at. Another classifier is another instance, in {@link #KNOWN}.
 *
 * <p>Each convolution is followed by ReLU, and perhaps by max pooling; in the end each map is
 * averaged, and one linear layer makes the logits.
 *
 * @param name what checkpoints call it, as their {@code architecture}
 * @param side the rows and columns of the images that it is trained with
 * @param layers in forward order; between the last two, each map's one value becomes one number of
 *     a row
 */
public record Topology(String name, int side, List<ClassifierLayer> layers) {
  /** The digit classifier. */
  public static final Topology DIGITS =
      new Topology(
          "conv3-gap-linear",
          28,
          List.of(
              ClassifierLayer.convolution("net.0", 3),
              ClassifierLayer.relu("net.1"),
              ClassifierLayer.maxPool("net.2", 2),
              ClassifierLayer.convolution("net.3", 3),
              ClassifierLayer.relu("net.4"),
              ClassifierLayer.maxPool("net.5", 2),
              ClassifierLayer.convolution("net.6", 3),
              ClassifierLayer.relu("net.7"),
              ClassifierLayer.averagePool("net.8"),
              ClassifierLayer.linear("fc")));

  /** Those whose checkpoints are recognized: by their parameters, so that no two have the same. */
  public static final List<Topology> KNOWN = List.of(DIGITS);

  private static final int MAX_BASE = 1024;

  private static final String ORDER = "(CONVOLUTION RELU (MAX_POOL )?)+AVERAGE_POOL LINEAR";

  public Topology {
    layers = List.copyOf(layers);
    String order =
        layers.stream().map(layer -> layer.kind().name()).collect(Collectors.joining(" "));
    if (!order.matches(ORDER)) {
      throw new IllegalArgumentException("%s has the layers %s".formatted(name, order));
    }
  }

  /**
   * A fresh network's widths: grey images, ten classes, and each convolution twice as wide as the
   * one before.
   *
   * @param baseChannels of the first convolution
   * @throws InvalidValueException if these are too few or too many
   */
  public ClassifierWidths ofBase(int baseChannels) {
    Require.within(1, MAX_BASE, baseChannels, "baseChannels");
    int count = convolutions().size();
    return new ClassifierWidths(
        this, 1, IntStream.range(0, count).map(i -> baseChannels << i).boxed().toList(), 10);
  }

  List<ClassifierLayer> convolutions() {
    return layers.stream().filter(layer -> layer.kind() == Kind.CONVOLUTION).toList();
  }

  ClassifierLayer linear() {
    return layers.get(layers.size() - 1);
  }

  /** The modules that the layers with parameters stand in: {@code net}, {@code fc}. */
  List<String> modules() {
    return layers.stream()
        .filter(ClassifierLayer::hasParameters)
        .map(layer -> layer.path().replaceFirst("\\..*", ""))
        .distinct()
        .toList();
  }

  /** The parameters in forward order, named as PyTorch names them, with their shapes. */
  Map<String, long[]> parameterShapes(ClassifierWidths widths) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    Iterator<Integer> outputs = widths.outputs().iterator();
    int in = widths.input();
    for (ClassifierLayer layer : layers) {
      if (layer.hasParameters()) {
        int out = outputs.next();
        shapes.put(layer.weight(), layer.weightShape(out, in));
        shapes.put(layer.bias(), new long[] {out});
        in = out;
      }
    }
    return shapes;
  }

  /** The layers as nodes, each reading the one before, for images of a given size. */
  List<Node> nodes(ClassifierWidths widths, int height, int width) {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    Iterator<Integer> outputs = widths.outputs().iterator();
    Map<String, long[]> parameters = parameterShapes(widths);
    List<Node> nodes = new ArrayList<>();
    List<Integer> in = List.of(widths.input(), height, width);
    for (ClassifierLayer layer : layers) {
      List<Integer> out = layer.shape(in, layer.hasParameters() ? outputs.next() : in.get(0));
      nodes.add(
          new Node(
              new Node.Name(
                  layer.kind().type(), counts.merge(layer.kind(), 1, Integer::sum), layer.path()),
              nodes.isEmpty() ? List.of() : List.of(nodes.get(nodes.size() - 1)),
              out,
              layer.hasParameters() ? count(layer, parameters) : 0,
              layer.window(in),
              Node.Traits.of(layer.kind().does())));
      in = out;
    }
    return nodes;
  }

  private static long count(ClassifierLayer layer, Map<String, long[]> parameters) {
    return Exact.product(parameters.get(layer.weight()))
        + Exact.product(parameters.get(layer.bias()));
  }
}
