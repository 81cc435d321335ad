package io.fmviz.network.onnx.layers;

import io.fmviz.network.onnx.graph.ChannelAxis;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operator;
import io.fmviz.network.onnx.graph.Operators;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds out where each tensor of maps has its channels, as in a network of Keras's, which has them
 * last and transposes around each convolution. Convolutions and poolings say it of what they take
 * and make, and so does the network's input. From there it goes on, forwards and backwards, through
 * operators that keep the axes and through those that give maps the other layout. What it doesn't
 * reach has its channels first.
 */
final class LayoutSearch {
  /** The order of axes that a Transpose to channels last has, and one to channels first. */
  private static final long[] TO_LAST = {0, 2, 3, 1};

  private static final long[] TO_FIRST = {0, 3, 1, 2};
  private static final long[] AS_IT_IS = {0, 1, 2, 3};

  private final Graph graph;
  private final Constants constants;
  private final ShapeInference.Tensors found;
  private final InputLayout input;
  private final Map<String, ChannelAxis> axes = new HashMap<>();
  private final Deque<String> left = new ArrayDeque<>();

  /** Operators whose tensors all have their axes. */
  private final Set<Op> spread = new HashSet<>();

  private LayoutSearch(
      Graph graph, Constants constants, ShapeInference.Tensors found, InputLayout input) {
    this.graph = graph;
    this.constants = constants;
    this.found = found;
    this.input = input;
  }

  /**
   * What was found, with the layouts of all tensors.
   *
   * @param found with all shapes as the graph has them
   */
  static ShapeInference.Tensors in(
      Graph graph, Constants constants, ShapeInference.Tensors found, InputLayout input) {
    return new LayoutSearch(graph, constants, found, input).look();
  }

  private ShapeInference.Tensors look() {
    for (Op op : graph.ops()) {
      ChannelAxis axis = fixed(op);
      if (axis != null) {
        put(op.input(0), axis);
        op.outputs().forEach(output -> put(output, axis));
      }
    }
    put(graph.input().getName(), input.channelsLast() ? ChannelAxis.LAST : ChannelAxis.FIRST);
    while (!left.isEmpty()) {
      String tensor = left.remove();
      Op maker = graph.maker(tensor);
      if (maker != null) {
        spread(maker, tensor);
      }
      graph.readers(tensor).forEach(reader -> spread(reader, tensor));
    }
    return laidOut();
  }

  /** Where the maps of an operator always have their channels; null if they may be anywhere. */
  private static ChannelAxis fixed(Op op) {
    boolean isLast =
        op.operator().is(Operator.Trait.CHANNELS_LAST) || op.number("channels_last", 0) == 1;
    boolean isFirst = op.operator().is(Operator.Trait.CHANNELS_FIRST);
    return isLast ? ChannelAxis.LAST : isFirst ? ChannelAxis.FIRST : null;
  }

  private void put(String tensor, ChannelAxis axis) {
    if (hasMaps(tensor) && axes.putIfAbsent(tensor, axis) == null) {
      left.add(tensor);
    }
  }

  private boolean hasMaps(String tensor) {
    return found.ranks().getOrDefault(tensor, 0) == 4 || isInput(tensor);
  }

  private boolean isInput(String tensor) {
    return tensor.equals(graph.input().getName());
  }

  private void spread(Op op, String from) {
    ChannelAxis axis = axes.get(from);
    if (fixed(op) == null && keepsAxes(op)) {
      if (!spread.add(op)) {
        return; // All that it has to do with got an axis from the first.
      }
      Stream.concat(op.inputs().stream(), op.outputs().stream()).forEach(t -> put(t, axis));
    } else if (from.equals(op.input(0))) {
      for (ChannelAxis other : ChannelAxis.values()) {
        if (gives(op, axis, other)) {
          put(op.output(), other);
        }
      }
    } else if (from.equals(op.output())) {
      for (ChannelAxis other : ChannelAxis.values()) {
        if (gives(op, other, axis)) {
          put(op.input(0), other);
        }
      }
    }
  }

  private boolean keepsAxes(Op op) {
    Operator operator = Operators.of(op, constants, ChannelAxis.FIRST);
    return switch (operator.reach()) {
      case POINT, AXIS, PADDED -> true;
      default -> operator.is(Operator.Trait.KEEPS_AXES);
    };
  }

  /** Whether an operator makes maps of one layout of the same maps of one. */
  private boolean gives(Op op, ChannelAxis before, ChannelAxis after) {
    if (op.is("Transpose")) {
      long[] order = before == after ? AS_IT_IS : after == ChannelAxis.LAST ? TO_LAST : TO_FIRST;
      return Arrays.equals(op.numbers("perm"), order);
    }
    List<Integer> from = isInput(op.input(0)) ? input.sides() : found.tensors().get(op.input(0));
    List<Integer> to = found.tensors().get(op.output());
    if (!op.is("Reshape") || from == null || to == null || from.size() != 3 || to.size() != 3) {
      return false;
    }
    if (before == after) {
      return from.equals(to);
    }
    // Converters write so what only moves a side of 1, and no value.
    List<Integer> maps = ShapeInference.Tensors.channelsFirst(from, before);
    boolean isOne = maps.get(0) == 1 || (maps.get(1) == 1 && maps.get(2) == 1);
    return isOne
        && !from.equals(to)
        && maps.equals(ShapeInference.Tensors.channelsFirst(to, after));
  }

  private ShapeInference.Tensors laidOut() {
    Set<String> last = new HashSet<>();
    axes.forEach(
        (tensor, axis) -> {
          if (axis == ChannelAxis.LAST) {
            last.add(tensor);
          }
        });
    Set<String> relaid = new HashSet<>();
    for (Op op : graph.ops()) {
      ChannelAxis before = axes.get(op.input(0));
      ChannelAxis after = axes.get(op.output());
      if (before != null && after != null && before != after && gives(op, before, after)) {
        relaid.add(op.output());
      }
    }
    Map<String, List<Integer>> shapes = new LinkedHashMap<>(found.tensors());
    shapes.replaceAll(
        (tensor, shape) ->
            last.contains(tensor)
                ? ShapeInference.Tensors.channelsFirst(shape, ChannelAxis.LAST)
                : shape);
    return found.with(shapes, new ShapeInference.Layouts(last, relaid));
  }
}
