package io.fmviz.network.onnx.layers;

import io.fmviz.network.Silence;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.Op;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** When a layer's channels are dead. */
final class Silences {
  private static final Set<String> CUT_OFF =
      Set.of("ReLU", "ReLU6", "Hardswish", "Hardsigmoid", "HardSigmoid", "ThresholdedRelu");

  /** What passes on zeros as they are. */
  private static final Set<String> PASSING = Set.of("Identity", "Dropout", "Cast");

  private static final Set<String> BEFORE = Set.of("Conv2d", "ConvTranspose2d", "BatchNorm2d");

  private final Graph graph;
  private final Modules modules;
  private final Formula formula;

  /** The operators of layers whose output is never below zero, and zero wherever it is cut off. */
  private final Set<Op> zeros = new HashSet<>();

  Silences(Graph graph, Modules modules, Constants constants) {
    this.graph = graph;
    this.modules = modules;
    this.formula = new Formula(constants);
    for (Op op : graph.ops()) {
      Module module = modules.of(op);
      Op passed = isPassing(module) ? graph.maker(module.first().input(0)) : null;
      if (passed == null ? threshold(module) != null : zeros.contains(passed)) {
        zeros.addAll(module.ops());
      }
    }
  }

  /** Of a layer; null where no channel is dead for certain. */
  Silence of(Module module) {
    if (zeros.contains(module.last())) {
      return Silence.ZERO;
    }
    return BEFORE.contains(module.type()) ? before(module.last()) : null;
  }

  private static boolean isPassing(Module module) {
    return PASSING.contains(module.type()) || module.type().equals("MaxPool2d");
  }

  /** Up to which input the output is exactly zero; null if there is no such number. */
  private Float threshold(Module module) {
    Op op = module.first();
    if (module.type().equals("Clip")) {
      double high = formula.bound(op, "max", 2, Double.POSITIVE_INFINITY);
      return formula.bound(op, "min", 1, -1) == 0 && high > 0 ? 0f : null;
    }
    if (!CUT_OFF.contains(module.type())) {
      return null;
    }
    return switch (op.type()) {
      case "HardSigmoid" ->
          module.ops().size() > 1 ? -3f : -op.real("beta", 0.5f) / op.real("alpha", 0.2f);
      case "ThresholdedRelu" -> op.real("alpha", 1);
      default -> module.type().startsWith("Hard") ? -3f : 0f;
    };
  }

  private Silence before(Op op) {
    if (graph.isOutput(op.output())) {
      return null;
    }
    List<Op> readers = readers(op.output());
    Module reader = readers.isEmpty() ? null : modules.of(readers.get(0));
    if (reader == null || !reader.ops().containsAll(readers)) {
      return null;
    }
    Float threshold = threshold(reader);
    return threshold == null ? null : Silence.upTo(threshold);
  }

  /** Who reads a tensor, also by way of what passes it on. */
  private List<Op> readers(String tensor) {
    List<Op> readers = new ArrayList<>();
    Deque<String> left = new ArrayDeque<>(List.of(tensor));
    while (!left.isEmpty()) {
      for (Op reader : graph.readers(left.remove())) {
        boolean passes =
            PASSING.contains(reader.type())
                && modules.of(reader).ops().size() == 1
                && !graph.isOutput(reader.output());
        if (passes) {
          left.add(reader.output());
        } else {
          readers.add(reader);
        }
      }
    }
    return readers;
  }
}
