package io.fmviz.network.onnx.layers;

import io.fmviz.network.onnx.graph.ChannelAxis;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operator;
import io.fmviz.network.onnx.graph.Operators;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds the operators that are one layer together: Sigmoid and Mul are SiLU. */
final class PatternFusion {
  /** GELU by way of Tanh has eight. */
  private static final int MOST = 12;

  private final Graph graph;
  private final Constants constants;
  private final ActivationMatcher formula;
  private final ShapeInference.Tensors found;
  private final Map<Op, Module> modules = new HashMap<>();

  PatternFusion(Graph graph, Constants constants, ShapeInference.Tensors found) {
    this.graph = graph;
    this.constants = constants;
    this.formula = new ActivationMatcher(constants);
    this.found = found;
    for (Op op : graph.ops()) {
      Module several = several(op);
      if (several != null && several.ops().stream().noneMatch(one -> isPartOfOther(one, several))) {
        several.ops().forEach(one -> modules.put(one, several));
      } else {
        modules.put(op, new Module(operator(op), List.of(op)));
      }
    }
  }

  private Operator operator(Op op) {
    return found.isRelaid(op)
        ? Operators.relaid(op)
        : Operators.of(op, constants, found.axis(op.output()));
  }

  /** Whether an operator belongs to several that aren't all among others. */
  private boolean isPartOfOther(Op op, Module others) {
    Module module = modules.get(op);
    return module != null && module.ops().size() > 1 && !others.ops().containsAll(module.ops());
  }

  /** The layer that an operator belongs to. */
  Module of(Op op) {
    return modules.get(op);
  }

  private Module several(Op last) {
    if (ActivationMatcher.isOfEach(last)) {
      Module activation = activation(last);
      Module integers = activation == null ? ofIntegers(last) : activation;
      return integers == null ? biased(last) : integers;
    }
    return last.is("AveragePool") ? padded(last) : null;
  }

  /** PyTorch's exporter pads apart before it takes means, be it by nothing. */
  private Module padded(Op last) {
    Op pad = graph.maker(last.input(0));
    boolean isOne = pad != null && pad.is("Pad") && last.equals(graph.onlyReader(pad.output()));
    return isOne ? new Module(operator(last), List.of(pad, last)) : null;
  }

  /**
   * An activation that ends here: going back from its last operator, each that nobody else reads is
   * taken in, until all of them are a known function of one tensor.
   */
  private Module activation(Op last) {
    TreeSet<Op> ops = new TreeSet<>(Comparator.comparingInt(Op::place));
    ops.add(last);
    while (ops.size() <= MOST) {
      Set<String> inputs = new HashSet<>();
      ops.forEach(op -> inputs.addAll(formula.operands(op)));
      ops.forEach(op -> inputs.remove(op.output()));
      if (ops.size() > 1 && inputs.size() == 1) {
        List<Op> all = new ArrayList<>(ops);
        Operator together = formula.together(all, inputs.iterator().next());
        if (together != null) {
          return new Module(together, all);
        }
      }
      Op next = latest(inputs);
      if (next == null || !ops.containsAll(graph.readers(next.output()))) {
        return null;
      }
      ops.add(next);
    }
    return null;
  }

  private Op latest(Set<String> tensors) {
    Op latest = null;
    for (String tensor : tensors) {
      Op maker = graph.maker(tensor);
      if (maker != null && (latest == null || maker.place() > latest.place())) {
        latest = maker;
      }
    }
    return latest != null && ActivationMatcher.isOfEach(latest) && !graph.isOutput(latest.output())
        ? latest
        : null;
  }

  /** A product of integers, and what makes real numbers of its sums: a Cast, and a scale. */
  private Module ofIntegers(Op last) {
    if (!last.is("Mul")) {
      return null;
    }
    for (int place = 0; place < 2; place++) {
      Op cast = graph.maker(last.input(place));
      Op product = cast != null && cast.is("Cast") ? graph.maker(cast.input(0)) : null;
      boolean isOne =
          product != null
              && (product.is("ConvInteger") || product.is("MatMulInteger"))
              && cast.equals(graph.onlyReader(product.output()))
              && last.equals(graph.onlyReader(cast.output()));
      if (isOne) {
        return new Module(operator(product), List.of(product, cast, last));
      }
    }
    return null;
  }

  /** A convolution or a matrix product, and the addition of its bias. */
  private Module biased(Op last) {
    if (!last.is("Add")) {
      return null;
    }
    for (int place = 0; place < 2; place++) {
      Op before = graph.maker(last.input(place));
      String bias = last.input(1 - place);
      if (before == null || !last.equals(graph.onlyReader(before.output()))) {
        continue;
      }
      boolean isRelaid = found.isRelaid(before);
      Op maker = isRelaid ? graph.maker(before.input(0)) : before;
      if (maker == null || (isRelaid && !before.equals(graph.onlyReader(maker.output())))) {
        continue;
      }
      Module integers = ofIntegers(maker);
      Module product = integers == null ? new Module(operator(maker), List.of(maker)) : integers;
      if (isBias(product.first(), bias, found.axis(last.output()))) {
        List<Op> all = new ArrayList<>(product.ops());
        if (isRelaid) {
          all.add(before);
        }
        all.add(last);
        return new Module(product.operator(), List.copyOf(all));
      }
    }
    return null;
  }

  /**
   * Whether a constant has a value for each output channel.
   *
   * @param axis where the maps to which it is added have their channels; null for rows
   */
  private boolean isBias(Op op, String tensor, ChannelAxis axis) {
    boolean ofIntegers = op.operator().inputs().weightZero() >= 0;
    if (!constants.has(tensor)
        || !constants.has(op.input(1))
        || !(ofIntegers || op.input(2).isEmpty())) {
      return false;
    }
    int[] weight = constants.shape(op.input(1));
    int[] bias = constants.shape(tensor);
    if ((op.is("Conv") || op.is("ConvInteger")) && weight.length == 4) {
      int fromEnd = axis == ChannelAxis.LAST ? 1 : 3;
      int channels = bias.length < fromEnd ? -1 : bias[bias.length - fromEnd];
      return channels == weight[0] && constants.size(tensor) == channels;
    }
    return (op.is("MatMul") || op.is("MatMulInteger"))
        && weight.length == 2
        && bias.length > 0
        && bias[bias.length - 1] == weight[1]
        && constants.size(tensor) == weight[1];
  }
}
