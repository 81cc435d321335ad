package io.fmviz.network.onnx.layers;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.fmviz.network.onnx.file.Structure;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.Op;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a graph does first with its input tells what an input doesn't say of itself: how many
 * channels a picture has, and where they are.
 */
public final class PictureSides {
  private static final int MOST_STEPS = 100;

  /** Whatever keeps channels in their place. */
  private static final Set<String> KEEPING =
      Set.of(
          "Add",
          "BatchNormalization",
          "Cast",
          "Clip",
          "Div",
          "Identity",
          "Mul",
          "Pad",
          "QuantizeLinear",
          "DequantizeLinear",
          "Resize",
          "Sub",
          "Upsample");

  private PictureSides() {}

  /** A tensor on the way, and whether its channels are last in the input. */
  private record Step(String tensor, boolean isTurned) {}

  /**
   * The sides, those of the channels filled in where they aren't declared.
   *
   * @param declared four, below 1 for any, or none
   */
  public static long[] of(Structure model, String input, long[] declared, Path folder) {
    long[] sides = declared.length == 4 ? declared.clone() : new long[] {-1, -1, -1, -1};
    if (sides[1] > 0 || sides[3] > 0) {
      return sides;
    }
    Graph graph = new Graph(model);
    Constants constants = new Constants(graph, Map.of(), folder);
    Deque<Step> open = new ArrayDeque<>(Set.of(new Step(input, false)));
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < MOST_STEPS && !open.isEmpty(); i++) {
      Step step = open.poll();
      for (Op op : graph.readers(step.tensor())) {
        TensorProto weight =
            op.is("Conv") && step.tensor().equals(op.input(0))
                ? constants.initializer(op.input(1))
                : null;
        if (weight != null && weight.getDimsCount() == 4) {
          sides[step.isTurned() ? 3 : 1] = weight.getDims(1) * op.number("group", 1);
          return sides;
        }
        boolean turns =
            op.is("Transpose") && Arrays.equals(op.numbers("perm"), new long[] {0, 3, 1, 2});
        if (seen.add(op.output()) && (turns || KEEPING.contains(op.type()))) {
          open.add(new Step(op.output(), step.isTurned() || turns));
        }
      }
    }
    return sides;
  }
}
