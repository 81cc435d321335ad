package io.fmviz.network.onnx.layers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.fmviz.base.UserException;
import io.fmviz.network.onnx.engine.Engine;
import io.fmviz.network.onnx.engine.ShapeSession;
import io.fmviz.network.onnx.file.Inlining;
import io.fmviz.network.onnx.file.Structure;
import io.fmviz.network.onnx.graph.Edit;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.GraphEditor;
import io.fmviz.network.onnx.graph.GraphInput;
import io.fmviz.network.onnx.graph.GraphWalk;
import io.fmviz.network.onnx.graph.IntermediateOutput;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * If operators whose condition is the same for all images, as it is computed from shapes alone: the
 * branch that runs takes their place. PyTorch writes {@code squeeze} so, which asks whether a side
 * is 1.
 */
public final class ConstantBranches {
  /** Branches stand in branches. */
  private static final int MOST_ROUNDS = 16;

  private final GraphInput input;
  private final int batch;
  private final Engine engine;

  private ConstantBranches(GraphInput input, int batch, Engine engine) {
    this.input = input;
    this.batch = batch;
    this.engine = engine;
  }

  /**
   * A model without the If operators of which it is known which branch runs.
   *
   * @param batch how many images go through at once; 0 for any number
   */
  public static Structure resolved(
      Structure structure, GraphInput input, int batch, Engine engine) {
    ConstantBranches branches = new ConstantBranches(input, batch, engine);
    Structure resolved = structure;
    for (int i = 0; i < MOST_ROUNDS; i++) {
      Graph graph = new Graph(resolved.model().getGraph());
      Map<Op, Boolean> known = branches.known(new GraphEditor(resolved, graph));
      if (known.isEmpty()) {
        return resolved;
      }
      resolved = resolved.with(without(resolved.model().getGraph(), known));
    }
    return resolved;
  }

  /** Which branch of which operator runs, whatever the image is. */
  private Map<Op, Boolean> known(GraphEditor editor) {
    Map<Op, String> conditions = new LinkedHashMap<>();
    for (Op op : editor.graph().ops()) {
      if (op.is("If") && isOfShapes(op.input(0), editor.graph())) {
        conditions.put(op, op.input(0));
      }
    }
    Set<String> wanted = new LinkedHashSet<>(conditions.values());
    Map<String, Boolean> values = wanted.isEmpty() ? Map.of() : values(editor, wanted);
    Map<Op, Boolean> known = new LinkedHashMap<>();
    conditions.forEach(
        (op, condition) -> {
          if (values.containsKey(condition)) {
            known.put(op, values.get(condition));
          }
        });
    return known;
  }

  /** Whether a tensor comes from constants, and from shapes that are the same for all images. */
  private static boolean isOfShapes(String tensor, Graph graph) {
    GraphWalk walk = new GraphWalk(graph);
    Set<String> shapes = new HashSet<>();
    for (Op op : graph.ops()) {
      if (op.is("Shape") || op.is("Size")) {
        shapes.addAll(op.outputs());
      }
    }
    boolean isImages =
        tensor.equals(graph.input().getName())
            || walk.before(List.of(tensor), shapes).stream()
                .anyMatch(op -> op.reads().contains(graph.input().getName()));
    return !isImages
        && walk.before(List.of(tensor), Set.of()).stream()
            .noneMatch(
                op ->
                    op.operator().is(Operator.Trait.VARYING)
                        || op.operator().is(Operator.Trait.RANDOM));
  }

  /** The conditions that are the same for one image and for two. */
  private Map<String, Boolean> values(GraphEditor editor, Set<String> conditions) {
    Edit edit =
        Edit.NONE
            .withOutputs(conditions.stream().map(IntermediateOutput::asIs).toList())
            .withInputs(List.of(input));
    Structure model = editor.model(edit);
    try (ShapeSession session = new ShapeSession(engine, model)) {
      Map<String, Boolean> one = run(session, model, Math.max(1, batch), conditions);
      if (batch == 0) {
        Map<String, Boolean> two = run(session, model, 2, conditions);
        one.entrySet().retainAll(two.entrySet());
      }
      return one;
    } catch (UserException e) {
      // What can't run is told where the whole model is loaded.
      return Map.of();
    }
  }

  private Map<String, Boolean> run(
      ShapeSession session, Structure model, int images, Set<String> conditions) {
    List<Long> sides = new ArrayList<>();
    input
        .declared()
        .getType()
        .getTensorType()
        .getShape()
        .getDimList()
        .forEach(side -> sides.add(side.getDimValue()));
    sides.set(0, (long) images);
    boolean isRead = model.model().getGraph().getInputCount() > 0;
    return session.conditions(isRead ? input.output().name() : null, sides, conditions);
  }

  private static GraphProto without(GraphProto graph, Map<Op, Boolean> known) {
    Map<NodeProto, Boolean> nodes = new HashMap<>();
    known.forEach((op, condition) -> nodes.put(op.proto(), condition));
    Set<String> taken = Inlining.namesOf(graph);
    GraphProto.Builder result = graph.toBuilder().clearNode();
    for (NodeProto node : graph.getNodeList()) {
      Boolean condition = nodes.get(node);
      if (condition == null) {
        result.addNode(node);
      } else {
        add(branch(node, condition ? "then_branch" : "else_branch"), node, taken, result);
      }
    }
    return result.build();
  }

  private static GraphProto branch(NodeProto node, String name) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .map(AttributeProto::getG)
        .findFirst()
        .orElseThrow();
  }

  private static void add(
      GraphProto branch, NodeProto node, Set<String> taken, GraphProto.Builder result) {
    Inlining inlining = Inlining.ofBranch(node, branch, taken);
    List<String> outputs = branch.getOutputList().stream().map(ValueInfoProto::getName).toList();
    List<NodeProto> ends = inlining.outputs(outputs, node.getOutputList(), branch.getNodeList());
    for (TensorProto tensor : branch.getInitializerList()) {
      result.addInitializer(inlining.named(tensor));
    }
    result.addAllNode(inlining.nodes(branch.getNodeList()));
    result.addAllNode(ends);
  }
}
