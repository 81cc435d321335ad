package io.fmviz.network.onnx.gradient;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.fmviz.base.UserException;
import io.fmviz.network.Gradients.Rectifier;
import io.fmviz.network.Node;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.file.Structure;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.GraphWalk;
import io.fmviz.network.onnx.graph.IntermediateOutput;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.layers.LayeredGraph;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a graph's backward pass, a model of its own: from the last operator to the first, each
 * one's rule appends what makes the gradients by its inputs of that by its output.
 *
 * @param large the values of the graph's large weights, by name
 */
public record GradientCompiler(
    LayeredGraph layered, Constants constants, Map<String, ByteBuffer> large) {
  /** The input of a backward graph: the gradient by the target's tensor. */
  static final String SEED = ":fmviz-seed";

  /** ONNX's version of the operators that backward graphs are made of. */
  private static final int OPERATOR_SET = 17;

  /** Its IR version that all later than it read. */
  private static final int IR_VERSION = 8;

  /**
   * A backward pass.
   *
   * @param model which has an output for each tensor: {@link #output}
   * @param reads what it gets of the forward pass, by the name that both know it as
   * @param seed the shape of the target's tensor
   * @param steps layers on the way that have no slope: no gradient goes through them
   */
  record Compiled(
      Structure model, Collection<IntermediateOutput> reads, long[] seed, Set<String> steps) {}

  /** What a backward graph calls the gradient by one of the tensors that are asked for. */
  static String output(int place) {
    return ":fmviz-by-" + place;
  }

  private Graph graph() {
    return layered.editor().graph();
  }

  /**
   * The backward pass of a tensor.
   *
   * @param by tensors; maps with their channels last are turned
   * @throws UserException naming the operator in the way, and from where on there are gradients
   */
  Compiled compile(String target, List<IntermediateOutput> by, Rectifier rectifier) {
    Collection<Op> before = new GraphWalk(graph()).before(List.of(target), Set.of());
    Set<String> wanted = new HashSet<>();
    by.forEach(output -> wanted.add(output.tensor()));
    List<Op> path = new ArrayList<>();
    Set<String> steps = new LinkedHashSet<>();
    for (Op op : before) {
      if (op.inputs().stream().noneMatch(wanted::contains)) {
        requireNoGraphWithin(op, wanted, target);
        continue;
      }
      if (Rules.endsPaths(op)) {
        if (Rules.isStep(op)) {
          steps.add(named(op));
        }
        continue;
      }
      List<String> outputs = op.outputs().stream().filter(this::isReal).toList();
      if (outputs.isEmpty() && op.is("Cast")) {
        steps.add(named(op));
      }
      if (!outputs.isEmpty()) {
        wanted.addAll(outputs);
        path.add(op);
      }
    }
    if (!wanted.contains(target)) {
      throw new UserException(
          "%s has no gradient by what is asked for: nothing with a slope leads from there to it"
              .formatted(UserException.oneLine(target)));
    }
    ForwardValues forward = new ForwardValues(layered, constants, large, before);
    Backward to = new Backward(forward, wanted, rectifier);
    long[] seed = forward.shape(target);
    to.give(target, SEED);
    for (int i = path.size() - 1; i >= 0; i--) {
      emit(path.get(i), to, target);
    }
    finish(by, seed, to, target);
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
            .setProducerName("fmviz")
            .setGraph(to.graph())
            .build();
    return new Compiled(new Structure(model, forward.weights()), forward.outputs(), seed, steps);
  }

  /** A branch or a loop that reads what gradients are wanted by from within. */
  private void requireNoGraphWithin(Op op, Set<String> wanted, String target) {
    if (op.reads().stream().anyMatch(wanted::contains)) {
      throw inTheWay(op, "has graphs within", target);
    }
  }

  private boolean isReal(String tensor) {
    ElementType type = layered.found().types().get(tensor);
    return type != null && (type.isReal() || type.isQuantized());
  }

  private void emit(Op op, Backward to, String target) {
    String gradient = to.gradient(op.proto().getOutput(0));
    boolean hasOther =
        op.outputs().stream().skip(1).anyMatch(output -> to.gradient(output) != null);
    if (gradient == null && !hasOther) {
      return;
    }
    Rule rule = Rules.of(op);
    boolean isOfAll = op.is("Split");
    if (rule == null) {
      throw inTheWay(op, "has no rule", target);
    }
    if (hasOther && !isOfAll) {
      throw inTheWay(op, "has a gradient by another output than its first", target);
    }
    try {
      rule.emit(op, gradient, to);
    } catch (NoRuleException e) {
      throw inTheWay(op, e.getMessage(), target);
    }
  }

  private void finish(List<IntermediateOutput> by, long[] seed, Backward to, String target) {
    for (int i = 0; i < by.size(); i++) {
      String gradient = to.gradient(by.get(i).tensor());
      if (gradient == null) {
        throw new UserException(
            "%s has no gradient by %s: nothing with a slope leads from there to it"
                .formatted(
                    UserException.oneLine(target), UserException.oneLine(by.get(i).tensor())));
      }
      String turned = by.get(i).channelsLast() ? to.transpose(gradient, 0, 3, 1, 2) : gradient;
      to.graph()
          .addNode(
              NodeProto.newBuilder().setOpType("Identity").addInput(turned).addOutput(output(i)))
          .addOutput(ValueInfoProto.newBuilder().setName(output(i)));
    }
    TensorShapeProto.Builder sides = TensorShapeProto.newBuilder();
    Arrays.stream(seed).forEach(side -> sides.addDimBuilder().setDimValue(side));
    TypeProto.Tensor.Builder type =
        TypeProto.Tensor.newBuilder().setElemType(ElementType.FLOAT.number()).setShape(sides);
    to.graph()
        .addInput(
            ValueInfoProto.newBuilder()
                .setName(SEED)
                .setType(TypeProto.newBuilder().setTensorType(type)));
  }

  private String named(Op op) {
    String name = op.proto().getName().isEmpty() ? op.output() : op.proto().getName();
    return op.type() + " " + UserException.oneLine(name);
  }

  private UserException inTheWay(Op op, String why, String target) {
    Set<Op> blocked = new HashSet<>(Set.of(op));
    String from =
        layered.layers().nodes().stream()
            .filter(node -> isFree(node, target, blocked))
            .findFirst()
            .map(node -> "there are gradients from %s (%s) on".formatted(node, node.path()))
            .orElse("there are none by any layer");
    return new UserException(
        "no gradient of %s goes back through %s, which %s"
            .formatted(layered.engine().file(), named(op), why),
        from,
        null);
  }

  private boolean isFree(Node node, String target, Set<Op> blocked) {
    String tensor = layered.place(node).output().tensor();
    return !tensor.equals(target)
        && blocking(tensor, target, blocked).filter(List::isEmpty).isPresent();
  }

  /**
   * The operators between two tensors that have no rule.
   *
   * @param blocked others of that kind
   * @return nothing where none leads from one to the other
   */
  private Optional<List<Op>> blocking(String from, String target, Set<Op> blocked) {
    Set<Op> after =
        new GraphWalk(graph())
            .after(
                from, op -> !Rules.endsPaths(op) && op.outputs().stream().anyMatch(this::isReal));
    List<Op> between =
        new GraphWalk(graph())
            .before(List.of(target), Set.of()).stream().filter(after::contains).toList();
    return between.isEmpty()
        ? Optional.empty()
        : Optional.of(
            between.stream().filter(op -> Rules.of(op) == null || blocked.contains(op)).toList());
  }

  /** Why there is no gradient of a tensor by a node's output, as far as operators' names say. */
  public Optional<String> without(Node node, String target) {
    Optional<List<Op>> blocking = blocking(layered.place(node).output().tensor(), target, Set.of());
    if (blocking.isEmpty()) {
      return Optional.of(node + " doesn't go into the answer");
    }
    return blocking.get().stream().findFirst().map(op -> named(op) + " has no rule");
  }
}
