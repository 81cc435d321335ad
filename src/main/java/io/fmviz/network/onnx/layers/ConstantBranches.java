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
import io.fmviz.network.onnx.file.TakenNames;
import io.fmviz.network.onnx.graph.Edit;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.GraphEditor;
import io.fmviz.network.onnx.graph.GraphInput;
import io.fmviz.network.onnx.graph.IntermediateOutput;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operator;
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
 * is 1. What asks for the number of images is tried with one and with two of them.
 */
public final class ConstantBranches {
  /** Branches stand in branches. */
  private static final int MOST_ROUNDS = 16;

  /** Operators whose inputs' values say which shape the output has. */
  private static final Set<String> SIZED =
      Set.of(
          "AffineGrid",
          "CenterCropPad",
          "ConstantOfShape",
          "Expand",
          "MaxUnpool",
          "OneHot",
          "Pad",
          "Range",
          "Reshape",
          "Resize",
          "Slice",
          "Split",
          "Tile",
          "TopK",
          "Upsample");

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
      Graph graph = new Graph(resolved);
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
    Set<String> ofPictures = ofPictures(editor.graph());
    for (Op op : editor.graph().ops()) {
      boolean isWhole =
          op.has("then_branch")
              && op.has("else_branch")
              && isWhole(branch(op.proto(), "then_branch"))
              && isWhole(branch(op.proto(), "else_branch"));
      if (op.is("If") && isWhole && !ofPictures.contains(op.input(0))) {
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

  /** Whether all constants of a branch can be moved. */
  private static boolean isWhole(GraphProto branch) {
    return branch.getSparseInitializerCount() == 0;
  }

  /**
   * The tensors whose values follow from the picture's values: directly, or by a shape that does,
   * as of a Slice up to a place that was computed.
   */
  private static Set<String> ofPictures(Graph graph) {
    Set<String> values = new HashSet<>(Set.of(graph.input().getName()));
    Set<String> sizes = new HashSet<>();
    for (Op op : graph.ops()) {
      boolean isOfValues = op.reads().stream().anyMatch(values::contains);
      boolean isOfSizes = op.reads().stream().anyMatch(sizes::contains);
      boolean isShape = op.is("Shape") || op.is("Size");
      boolean isRandom = op.operator().is(Operator.Trait.RANDOM);
      if ((isShape ? isOfSizes : isOfValues || isOfSizes) || isRandom) {
        values.addAll(op.outputs());
      }
      if (!isShape && (isOfSizes || (isOfValues && isSized(op, values)))) {
        sizes.addAll(op.outputs());
      }
    }
    return values;
  }

  /**
   * Whether an operator's shape follows from its inputs' values, of which some are the picture's.
   */
  private static boolean isSized(Op op, Set<String> values) {
    if (op.operator().is(Operator.Trait.VARYING) || !Structure.isStandard(op.proto().getDomain())) {
      return true;
    }
    int first = op.is("Range") || op.is("ConstantOfShape") ? 0 : 1;
    return SIZED.contains(op.type()) && op.inputs().stream().skip(first).anyMatch(values::contains);
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
    boolean isRead = model.model().getGraph().getInputCount() > 0;
    return session.conditions(
        isRead ? input.output().name() : null, input.sides(images), conditions);
  }

  private static GraphProto without(GraphProto graph, Map<Op, Boolean> known) {
    Map<NodeProto, Boolean> nodes = new HashMap<>();
    known.forEach((op, condition) -> nodes.put(op.proto(), condition));
    TakenNames taken = TakenNames.of(graph);
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
      GraphProto branch, NodeProto node, TakenNames taken, GraphProto.Builder result) {
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
