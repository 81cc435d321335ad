package io.fmviz.network.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.file.Structure;
import io.fmviz.network.onnx.file.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which constants a graph's operators see, those of a body within an operator, or a function's. */
final class Scope {
  /** Casts to these leave every value in its domain as it is. */
  private static final Set<Long> WIDE = Set.of(1L, 6L, 7L, 11L);

  /** No constant is behind more operators that pass it on. */
  private static final int MOST_STEPS = 1000;

  private final Values values;
  private final Scope outer;
  private final Map<String, TensorProto> tensors = new HashMap<>();
  private final Map<String, NodeProto> makers = new HashMap<>();

  /** What a function's inputs are where it is called, by their names in it. */
  private final Map<String, String> given = new HashMap<>();

  /** What a function's caller gave it; null outside of functions. */
  private Map<String, AttributeProto> attributes;

  /** Whether nothing outside is seen but what is given. */
  private boolean isFunction;

  private Scope(Values values, Scope outer, List<NodeProto> nodes) {
    this.values = values;
    this.outer = outer;
    nodes.forEach(node -> node.getOutputList().forEach(output -> makers.put(output, node)));
  }

  /** Of a model's graph. */
  static Scope of(GraphProto graph, Values values) {
    Scope scope = new Scope(values, null, graph.getNodeList());
    graph.getInitializerList().forEach(tensor -> scope.tensors.put(tensor.getName(), tensor));
    return scope;
  }

  /** Of a graph that an operator has in it. */
  Scope inside(GraphProto body) {
    Scope scope = new Scope(values.inside(), this, body.getNodeList());
    scope.attributes = attributes;
    body.getInitializerList().forEach(tensor -> scope.tensors.put(tensor.getName(), tensor));
    // What a body is given is no constant, whatever outside has that name.
    body.getInputList().forEach(input -> scope.given.put(input.getName(), ""));
    return scope;
  }

  /** Of a function where it is called. */
  Scope inside(FunctionProto function, NodeProto call) {
    Scope scope = new Scope(values.inside(), this, function.getNodeList());
    scope.isFunction = true;
    scope.attributes = new HashMap<>();
    for (int i = 0; i < function.getInputCount(); i++) {
      scope.given.put(function.getInput(i), i < call.getInputCount() ? call.getInput(i) : "");
    }
    function.getAttributeProtoList().forEach(one -> scope.attributes.put(one.getName(), one));
    for (AttributeProto one : call.getAttributeList()) {
      AttributeProto actual = attribute(one);
      if (actual != null) {
        scope.attributes.put(one.getName(), actual);
      }
    }
    return scope;
  }

  /** An attribute, or what a function's caller gave for it; null where that gave nothing. */
  AttributeProto attribute(AttributeProto written) {
    return written.getRefAttrName().isEmpty() || attributes == null
        ? written
        : attributes.get(written.getRefAttrName());
  }

  /** A constant's values; null where it is none that is known without running. */
  double[] constant(String tensor) {
    return constant(tensor, null);
  }

  /** The same, of tensors of some types alone. */
  double[] constant(String tensor, Set<ElementType> types) {
    Scope scope = this;
    for (int steps = 0; scope != null && !tensor.isEmpty() && steps < MOST_STEPS; steps++) {
      TensorProto found = scope.tensors.get(tensor);
      NodeProto maker = scope.makers.get(tensor);
      if (found != null) {
        return scope.of(found, types);
      }
      if (maker != null && Structure.isConstant(maker)) {
        return scope.constant(maker, types);
      }
      if (maker != null && !scope.passesOn(maker)) {
        return null;
      }
      if (maker != null) {
        tensor = maker.getInput(0);
      } else {
        tensor = scope.given.getOrDefault(tensor, scope.isFunction ? "" : tensor);
        scope = scope.outer;
      }
    }
    return null;
  }

  private boolean passesOn(NodeProto node) {
    if (node.getInputCount() == 0) {
      return false;
    }
    Passing passing = Operators.of(node).passing();
    return passing == Passing.CONVERTED ? isToWide(node) : passing.keepsOrder();
  }

  private boolean isToWide(NodeProto cast) {
    for (AttributeProto one : cast.getAttributeList()) {
      AttributeProto actual = attribute(one);
      if (actual != null && one.getName().equals("to")) {
        return WIDE.contains(actual.getI());
      }
    }
    return false;
  }

  private double[] of(TensorProto tensor, Set<ElementType> types) {
    ElementType type = ElementType.of(tensor.getDataType());
    return types == null || types.contains(type) ? values.of(tensor) : null;
  }

  private double[] constant(NodeProto node, Set<ElementType> types) {
    for (AttributeProto one : node.getAttributeList()) {
      AttributeProto actual = attribute(one);
      if (actual == null) {
        continue;
      }
      if (one.getName().equals("value")) {
        return of(actual.getT(), types);
      }
      if (one.getName().startsWith("value_")) {
        boolean isFloat = one.getName().startsWith("value_float");
        return types == null || !isFloat ? numbers(actual) : null;
      }
    }
    return null;
  }

  /** The numbers of an attribute; none where it has no numbers. */
  static double[] numbers(AttributeProto attribute) {
    return switch (attribute.getType()) {
      case INT -> new double[] {attribute.getI()};
      case INTS -> attribute.getIntsList().stream().mapToDouble(Long::doubleValue).toArray();
      case FLOAT -> new double[] {attribute.getF()};
      case FLOATS -> attribute.getFloatsList().stream().mapToDouble(Float::doubleValue).toArray();
      default -> new double[0];
    };
  }
}
