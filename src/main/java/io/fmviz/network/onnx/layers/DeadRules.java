package io.fmviz.network.onnx.layers;

import io.fmviz.network.DeadRule;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.GraphWalk;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** When a layer's channels are dead. */
final class DeadRules {
  private final Graph graph;
  private final PatternFusion modules;
  private final Constants constants;

  /** The operators of layers whose output is never below zero, and zero wherever it is cut off. */
  private final Set<Op> zeros = new HashSet<>();

  DeadRules(Graph graph, PatternFusion modules, Constants constants) {
    this.graph = graph;
    this.modules = modules;
    this.constants = constants;
    for (Op op : graph.ops()) {
      Module module = modules.of(op);
      boolean passes = module.operator().passing().keepsZeros();
      Op passed = passes ? graph.maker(module.first().input(0)) : null;
      boolean cutsOff = "Relu".equals(Folding.activation(op)) || threshold(module) != null;
      if (passed == null ? cutsOff : zeros.contains(passed)) {
        zeros.addAll(module.ops());
      }
    }
  }

  /** Of a layer; null where no channel is dead for certain. */
  DeadRule of(Module module) {
    if (zeros.contains(module.last())) {
      return DeadRule.ZERO;
    }
    boolean isBefore =
        module.operator().is(Operator.Trait.CONVOLUTION)
            || module.operator().is(Operator.Trait.NORMALIZATION);
    return isBefore && Folding.activation(module.last()) == null ? before(module.last()) : null;
  }

  /** Up to which input the output is exactly zero; null if there is no such number. */
  private Double threshold(Module module) {
    Operator.CutOff cutOff = module.operator().cutOff();
    return cutOff == null ? null : cutOff.of(module.first(), constants);
  }

  private DeadRule before(Op op) {
    if (graph.isOutput(op.output())) {
      return null;
    }
    List<Op> readers = new GraphWalk(graph).forward(op.output(), this::passes);
    Module reader = readers.isEmpty() ? null : modules.of(readers.get(0));
    if (reader == null || !reader.ops().containsAll(readers)) {
      return null;
    }
    Double threshold = threshold(reader);
    return threshold == null ? null : DeadRule.upTo(threshold.floatValue());
  }

  private boolean passes(Op op) {
    return modules.of(op).operator().passing().keepsValues() && !graph.isOutput(op.output());
  }
}
