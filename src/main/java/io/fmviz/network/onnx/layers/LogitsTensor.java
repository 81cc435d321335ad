package io.fmviz.network.onnx.layers;

import io.fmviz.base.Exact;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.ChannelAxis;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.GraphWalk;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which tensor has the logits: what goes into the Softmax at the end, whatever only reshapes behind
 * it, else the output itself.
 *
 * @param tensor {@code (batch, classes)} or {@code (batch, classes, 1, 1)}; null if the network has
 *     none
 */
record LogitsTensor(String tensor) {
  /**
   * Of several outputs the answer is the one that is scores; of several of these that are as many,
   * and so may be the same in two forms, the one that has a Softmax, else the one without sides of
   * 1. Where that leaves several, none is known.
   */
  static LogitsTensor of(Graph graph, ShapeInference.Tensors found) {
    Ends ends = new Ends(graph, found);
    Map<String, String> logits = new LinkedHashMap<>();
    for (String output : graph.outputs()) {
      String scores = ends.scores(output);
      if (ends.isScores(scores)) {
        logits.put(scores, ends.logits(scores));
      }
    }
    Set<String> all = Set.copyOf(logits.values());
    Set<String> behind =
        logits.entrySet().stream()
            .filter(one -> !one.getKey().equals(one.getValue()))
            .map(Map.Entry::getValue)
            .collect(Collectors.toSet());
    Set<String> rows =
        all.stream()
            .filter(tensor -> found.tensors().get(tensor).size() == 1)
            .collect(Collectors.toSet());
    boolean areAsMany =
        all.stream().map(tensor -> Exact.product(found.tensors().get(tensor))).distinct().count()
            == 1;
    for (Set<String> some : areAsMany ? List.of(all, behind, rows) : List.of(all)) {
      if (some.size() == 1) {
        return new LogitsTensor(some.iterator().next());
      }
    }
    return new LogitsTensor(null);
  }

  /** Looks at how a graph's outputs are made. */
  private record Ends(Graph graph, ShapeInference.Tensors found) {
    /** The tensor that an output shows: that which ZipMap makes a map of labels of, or itself. */
    String scores(String output) {
      Op maker = graph.maker(output);
      boolean isMap =
          maker != null
              && maker.type().equals("ZipMap")
              && maker.proto().getDomain().equals("ai.onnx.ml");
      return isMap ? maker.input(0) : output;
    }

    boolean isScores(String tensor) {
      List<Integer> shape = found.tensors().get(tensor);
      boolean isRow =
          shape != null
              && (shape.size() == 1
                  || (shape.size() == 3
                      && shape.get(0) > 1
                      && shape.get(1) == 1
                      && shape.get(2) == 1));
      return isRow && found.types().getOrDefault(tensor, ElementType.OTHER).isReal();
    }

    /** What goes into the Softmax that some scores come from; themselves if there is none. */
    String logits(String scores) {
      GraphWalk walk = new GraphWalk(graph);
      Op maker = graph.maker(walk.back(scores, found::keepsOrder));
      String logits = maker == null ? null : maker.is("Div") ? shared(maker) : shares(maker);
      return logits != null && isScores(logits) ? logits : scores;
    }

    private String shares(Op op) {
      if (!op.operator().is(Operator.Trait.SHARES)) {
        return null;
      }
      String input = op.input(0);
      ChannelAxis maps = found.axis(input);
      List<Integer> shape = found.tensors().get(input);
      if (shape == null) {
        return null;
      }
      long operatorSet = graph.operatorSet();
      long named = op.number("axis", SharesAxis.usual(op, operatorSet));
      long axis = Math.floorMod(named, shape.size() + 1L);
      int classes = maps == null ? 1 : maps.channels();
      // Of one image there are no values but the classes': all behind the batch are these.
      boolean isOfClasses =
          SharesAxis.takesAllBehind(op, operatorSet)
              ? axis > 0 && axis <= classes
              : axis == classes;
      return isOfClasses ? input : null;
    }

    /** What exponentials divided by their sum are made of, before the largest is taken off. */
    private String shared(Op division) {
      Op exponentials = graph.maker(division.input(0));
      Op sum = graph.maker(division.input(1));
      boolean isSoftmax =
          exponentials != null
              && sum != null
              && exponentials.is("Exp")
              && sum.is("ReduceSum")
              && sum.input(0).equals(division.input(0))
              && isOne(sum.output());
      if (!isSoftmax) {
        return null;
      }
      Op less = graph.maker(exponentials.input(0));
      Op largest = less != null && less.is("Sub") ? graph.maker(less.input(1)) : null;
      boolean isShifted =
          largest != null
              && largest.is("ReduceMax")
              && largest.input(0).equals(less.input(0))
              && isOne(largest.output());
      return isShifted ? less.input(0) : exponentials.input(0);
    }

    /** Whether an image has one value of a tensor. */
    private boolean isOne(String tensor) {
      List<Integer> shape = found.tensors().get(tensor);
      return shape != null && shape.stream().allMatch(side -> side == 1);
    }
  }
}
