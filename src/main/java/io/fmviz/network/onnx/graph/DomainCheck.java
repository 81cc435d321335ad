package io.fmviz.network.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.fmviz.base.Exact;
import io.fmviz.base.Numbers;
import io.fmviz.base.UserException;
import io.fmviz.network.onnx.file.AllTensors;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.file.Structure;
import io.fmviz.network.onnx.file.Values;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds a model's operators to their {@link Domains}, before the engine has seen it: those of its
 * graph, of the bodies in If, Loop and Scan, and of functions, with what each call gives them.
 */
public final class DomainCheck {
  /** Functions that call functions twice each make billions of operators of a few. */
  private static final int MOST_CALLED = 200_000;

  private static final int DEEPEST = 32;

  /** Operators go over all sides of a tensor, also where one of them is 0. */
  private static final long MOST_OF_NOTHING = 1 << 24;

  private static final Set<ElementType> INTEGERS = Set.of(ElementType.INT32, ElementType.INT64);

  private final Path file;
  private final Map<String, List<FunctionProto>> functions = new HashMap<>();
  private final Deque<Body> left = new ArrayDeque<>();
  private final IdentityHashMap<FunctionProto, Long> sizes = new IdentityHashMap<>();
  private long called;

  /**
   * Operators that see the same constants.
   *
   * @param depth of functions that call each other
   */
  private record Body(List<NodeProto> nodes, Scope scope, int depth) {}

  private DomainCheck(Path file) {
    this.file = file;
  }

  /**
   * Checks a model.
   *
   * @throws UserException if an operator has what it can't have
   */
  public static void check(Structure structure, Path file) {
    ModelProto model = structure.model();
    DomainCheck check = new DomainCheck(file);
    AllTensors.of(model).forEach(check::tensor);
    for (FunctionProto one : model.getFunctionsList()) {
      check
          .functions
          .computeIfAbsent(key(one.getDomain(), one.getName()), key -> new ArrayList<>())
          .add(one);
    }
    GraphProto graph = model.getGraph();
    Values values = new Values(structure.weights(), file.toAbsolutePath().getParent());
    check.left.add(new Body(graph.getNodeList(), Scope.of(graph, values), 0));
    while (!check.left.isEmpty()) {
      Body part = check.left.remove();
      part.nodes().forEach(node -> check.node(node, part));
    }
  }

  private static String key(String domain, String name) {
    return (Structure.isStandard(domain) ? "" : domain) + " " + name;
  }

  private void tensor(TensorProto tensor) {
    for (long side : tensor.getDimsList()) {
      if (side < 0 || side > Integer.MAX_VALUE) {
        throw new UserException(
            "%s holds a tensor %s with a side of %d, and a side can be from 0 to %d"
                .formatted(file, tensor.getName(), side, Integer.MAX_VALUE),
            "export the model again",
            null);
      }
    }
    List<Long> sides = tensor.getDimsList().stream().filter(side -> side > 0).toList();
    if (sides.size() < tensor.getDimsCount() && Exact.atMost(sides) > MOST_OF_NOTHING) {
      throw new UserException(
          "%s holds a tensor %s of no values, and of sides %s"
              .formatted(file, tensor.getName(), tensor.getDimsList()),
          "export the model again",
          null);
    }
  }

  private void node(NodeProto node, Body part) {
    List<FunctionProto> calls =
        functions.getOrDefault(key(node.getDomain(), node.getOpType()), List.of());
    calls.forEach(function -> call(function, node, part));
    if (calls.isEmpty() || Structure.isStandard(node.getDomain())) {
      operator(node, part.scope());
    }
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        body(attribute.getG(), part);
      }
      attribute.getGraphsList().forEach(graph -> body(graph, part));
    }
  }

  private void body(GraphProto graph, Body part) {
    left.add(new Body(graph.getNodeList(), part.scope().inside(graph), part.depth()));
  }

  private void call(FunctionProto function, NodeProto node, Body part) {
    called += sizes.computeIfAbsent(function, one -> size(one.getNodeList()));
    if (part.depth() == DEEPEST || called > MOST_CALLED) {
      throw new UserException(
          "%s has functions that call each other without end, or nearly: %s is one of them"
              .formatted(file, function.getName()),
          "export the model again, without functions",
          null);
    }
    left.add(
        new Body(function.getNodeList(), part.scope().inside(function, node), part.depth() + 1));
  }

  /** How many operators there are, those in bodies too, and numbers in their attributes. */
  private static long size(List<NodeProto> nodes) {
    long size = nodes.size();
    for (NodeProto node : nodes) {
      for (AttributeProto attribute : node.getAttributeList()) {
        size += attribute.getFloatsCount() + attribute.getIntsCount();
        size += attribute.hasG() ? size(attribute.getG().getNodeList()) : 0;
        for (GraphProto body : attribute.getGraphsList()) {
          size += size(body.getNodeList());
        }
      }
    }
    return size;
  }

  private void operator(NodeProto node, Scope scope) {
    if (Domains.isUnchecked(node.getOpType())) {
      throw bad(node, "isn't run by fmviz: its numbers point at each other, and none is checked");
    }
    for (AttributeProto written : node.getAttributeList()) {
      AttributeProto actual = scope.attribute(written);
      if (actual != null) {
        attribute(node, written.getName(), actual);
      }
    }
    for (int place = 0; place < node.getInputCount(); place++) {
      Domains.Domain domain = Domains.ofInput(node.getOpType(), place);
      if (domain != null && !node.getInput(place).isEmpty()) {
        input(node, place, domain, scope);
      }
    }
    range(node, scope);
  }

  private void attribute(NodeProto node, String name, AttributeProto actual) {
    boolean isInteger =
        actual.getType() == AttributeProto.AttributeType.INT
            || actual.getType() == AttributeProto.AttributeType.INTS;
    Domains.Domain domain = Domains.ofAttribute(node.getOpType(), name, isInteger);
    hold(node, "a " + name, domain, Scope.numbers(actual));
    if (name.equals("num_outputs") && actual.getI() != node.getOutputCount()) {
      throw bad(
          node,
          "has num_outputs %d, and %s"
              .formatted(actual.getI(), Numbers.count(node.getOutputCount(), "output")));
    }
  }

  private void input(NodeProto node, int place, Domains.Domain domain, Scope scope) {
    String name = "an input %d".formatted(place + 1);
    boolean isDivision = Domains.isDivision(node.getOpType());
    double[] values = scope.constant(node.getInput(place), isDivision ? INTEGERS : null);
    if (values == null && domain.is("known")) {
      throw bad(node, "has %s that is computed as it runs, and can't be checked".formatted(name));
    }
    if (values != null) {
      hold(node, name, domain, values);
    }
  }

  private void hold(NodeProto node, String what, Domains.Domain domain, double... values) {
    boolean isFew = domain.is("some") && values.length == 0;
    if (isFew || (domain.is("one") && values.length != 1)) {
      throw bad(
          node,
          "has %s of %s, and there must be %s"
              .formatted(what, Numbers.count(values.length, "value"), isFew ? "some" : "one"));
    }
    for (double value : values) {
      if (!domain.holds(value)) {
        throw bad(
            node,
            "has %s of %s, and it can be %s"
                .formatted(what, Domains.Domain.number(value), domain.text()));
      }
    }
  }

  /** Random numbers are between two, of which the first is the smaller one. */
  private void range(NodeProto node, Scope scope) {
    if (!node.getOpType().startsWith("RandomUniform")) {
      return;
    }
    double low = 0;
    double high = 1;
    for (AttributeProto written : node.getAttributeList()) {
      AttributeProto actual = scope.attribute(written);
      low = actual != null && written.getName().equals("low") ? actual.getF() : low;
      high = actual != null && written.getName().equals("high") ? actual.getF() : high;
    }
    if (!(low <= high)) {
      throw bad(node, "has a low of %s and a high of %s".formatted(low, high));
    }
  }

  private UserException bad(NodeProto node, String what) {
    String name = node.getName().isEmpty() ? "" : " (" + node.getName() + ")";
    return new UserException(
        "%s can't be run: %s%s %s".formatted(file, node.getOpType(), name, what),
        "export the model again",
        null);
  }
}
