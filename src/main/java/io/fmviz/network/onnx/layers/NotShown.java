package io.fmviz.network.onnx.layers;

import io.fmviz.base.Numbers;
import io.fmviz.base.UserException;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.GraphWalk;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what of a graph can't be looked at, and why. */
public final class NotShown {
  private static final int MOST_NAMES = 3;

  private NotShown() {}

  public static List<String> of(Graph graph, ShapeInference.Tensors found, Layers layers) {
    List<String> all = new ArrayList<>();
    long bodies =
        graph.ops().stream().filter(op -> op.operator().is(Operator.Trait.BODIES)).count();
    if (bodies > 0) {
      all.add(
          "what runs inside of If, Loop and Scan can't be looked at (%d of them)"
              .formatted(bodies));
    }
    add(all, convolutions(graph, found, 3), "1-D convolutions give no maps: %s");
    add(all, convolutions(graph, found, 5), "3-D convolutions give volumes, not maps: %s");
    add(all, withoutMaps(found, layers), "these count, but give no maps: %s");
    add(all, List.copyOf(layers.withoutScale()), "quantized maps whose scale isn't known: %s");
    add(all, List.copyOf(found.sequences()), "lists of tensors are not maps: %s");
    GraphWalk walk = new GraphWalk(graph);
    Set<Op> onPictures = walk.after(graph.input().getName(), op -> !isOfShapes(op));
    onPictures.retainAll(walk.before(graph.outputs(), Set.of()));
    List<String> unknown =
        onPictures.stream()
            .filter(op -> isUnknown(op, found))
            .sorted(Comparator.comparingInt(Op::place))
            .map(Op::output)
            .toList();
    add(
        all,
        unknown,
        "%d of %s can't be looked at, as what they make has no shape that is known, or no batch: %%s"
            .formatted(unknown.size(), Numbers.count(onPictures.size(), "operator")));
    List<String> outputs = new ArrayList<>(graph.outputs());
    layers.places().values().forEach(place -> outputs.remove(place.output().tensor()));
    outputs.removeAll(found.sequences());
    add(all, outputs, "outputs of another type, or whose shape depends on the picture: %s");
    return all;
  }

  private static boolean isOfShapes(Op op) {
    return op.is("Shape") || op.is("Size");
  }

  private static boolean isUnknown(Op op, ShapeInference.Tensors found) {
    return op.outputs().stream()
        .allMatch(
            output -> {
              ElementType type = found.types().getOrDefault(output, ElementType.OTHER);
              return (type.isReal() || type.isQuantized()) && !found.tensors().containsKey(output);
            });
  }

  private static List<String> convolutions(Graph graph, ShapeInference.Tensors found, int rank) {
    return graph.ops().stream()
        .filter(
            op ->
                op.operator().is(Operator.Trait.CONVOLUTION)
                    && found.ranks().getOrDefault(op.output(), 0) == rank)
        .map(Op::output)
        .toList();
  }

  /** Linear layers in the middle, mostly; convolutions have sentences of their own. */
  private static List<String> withoutMaps(ShapeInference.Tensors found, Layers layers) {
    return layers.all().stream()
        .filter(node -> !layers.places().containsKey(node))
        .filter(node -> !isConvolutionOfOtherRank(layers.module(node), found))
        .map(node -> "%s (%s)".formatted(node.path(), node.type()))
        .toList();
  }

  private static boolean isConvolutionOfOtherRank(Module module, ShapeInference.Tensors found) {
    return module.operator().is(Operator.Trait.CONVOLUTION)
        && found.ranks().getOrDefault(module.last().output(), 0) != 4;
  }

  private static void add(List<String> all, List<String> names, String sentence) {
    if (names.isEmpty()) {
      return;
    }
    String listed = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    String more =
        names.size() > MOST_NAMES ? " and %d more".formatted(names.size() - MOST_NAMES) : "";
    all.add(UserException.oneLine(sentence.formatted(listed + more)));
  }
}
