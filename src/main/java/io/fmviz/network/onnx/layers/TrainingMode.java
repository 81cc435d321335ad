package io.fmviz.network.onnx.layers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.fmviz.network.onnx.file.Structure;
import io.fmviz.network.onnx.file.Values;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.Op;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Operators that were exported as they work in training. BatchNormalization goes on learning: ONNX
 * Runtime changes its running mean with every run, so that an answer depends on the images before.
 * Dropout drops values at random. Both are made to work as they do after training, also in the
 * graphs of If, Loop and Scan and in functions that stand in no caller's place.
 *
 * @param evaluated the model, with these operators as after training
 * @param warnings what a person must know of it, a sentence each
 */
public record TrainingMode(Structure evaluated, List<String> warnings) {
  private static final Set<String> MODES = Set.of("training_mode", "is_test");

  /**
   * Ends the training mode of a model's operators.
   *
   * @param folder in which files of external data are
   */
  public static TrainingMode ended(Structure structure, Path folder) {
    Constants constants = new Constants(new Graph(structure), structure.weights(), folder);
    Ending ending = new Ending(new Values(structure.weights(), folder).inside());
    GraphProto graph = structure.model().getGraph();
    List<NodeProto> nodes =
        ending.ended(graph.getNodeList(), names(graph.getOutputList()), constants::scalar);
    ModelProto.Builder model = structure.model().toBuilder().clearFunctions();
    for (FunctionProto function : structure.model().getFunctionsList()) {
      model.addFunctions(ending.ended(function));
    }
    if (!ending.changes()) {
      return new TrainingMode(structure, ending.warnings());
    }
    GraphProto ended = graph.toBuilder().clearNode().addAllNode(nodes).build();
    return new TrainingMode(
        new Structure(model.build(), structure.weights()).with(ended), ending.warnings());
  }

  private static Set<String> names(List<ValueInfoProto> values) {
    return values.stream().map(ValueInfoProto::getName).collect(Collectors.toSet());
  }

  /** Goes through a graph and the graphs in its operators, and counts what it finds. */
  private static final class Ending {
    private final Values values;
    private int norms;
    private int learning;
    private int drops;

    Ending(Values values) {
      this.values = values;
    }

    boolean changes() {
      return norms + drops > 0;
    }

    List<String> warnings() {
      return TrainingMode.warnings(norms, learning, drops);
    }

    /**
     * The same nodes as after training.
     *
     * @param outputs of the graph that they are
     * @param constants the only value of a tensor; null for those that have none
     */
    List<NodeProto> ended(
        List<NodeProto> nodes, Set<String> outputs, Function<String, Double> constants) {
      Set<String> read = new HashSet<>(outputs);
      nodes.forEach(node -> read.addAll(Graph.reads(node)));
      return nodes.stream().map(node -> ended(node, read, constants)).toList();
    }

    private NodeProto ended(NodeProto node, Set<String> read, Function<String, Double> constants) {
      Op op = Op.of(node);
      if (isBatchNorm(op) && op.outputs().stream().skip(1).noneMatch(read::contains)) {
        norms++;
        return evaluated(op, op.inputs().size());
      }
      if (isBatchNorm(op)) {
        learning++;
        return node;
      }
      if (isDropout(op, constants)) {
        drops++;
        return evaluated(op, 1);
      }
      if (node.getAttributeList().stream().noneMatch(TrainingMode::hasBodies)) {
        return node;
      }
      NodeProto.Builder result = node.toBuilder().clearAttribute();
      for (AttributeProto attribute : node.getAttributeList()) {
        AttributeProto.Builder with = attribute.toBuilder().clearGraphs();
        if (attribute.hasG()) {
          with.setG(ended(attribute.getG(), constants));
        }
        attribute.getGraphsList().forEach(body -> with.addGraphs(ended(body, constants)));
        result.addAttribute(with);
      }
      return result.build();
    }

    private GraphProto ended(GraphProto body, Function<String, Double> outside) {
      Map<String, Double> own = new HashMap<>();
      // What a body is given is no constant, whatever outside has that name.
      body.getInputList().forEach(input -> own.put(input.getName(), null));
      body.getInitializerList().forEach(tensor -> own.put(tensor.getName(), scalar(tensor)));
      addConstants(body.getNodeList(), own);
      Function<String, Double> constants =
          name -> own.containsKey(name) ? own.get(name) : outside.apply(name);
      return body.toBuilder()
          .clearNode()
          .addAllNode(ended(body.getNodeList(), names(body.getOutputList()), constants))
          .build();
    }

    /** A function that stands in no caller's place. */
    FunctionProto ended(FunctionProto function) {
      Map<String, Double> own = new HashMap<>();
      addConstants(function.getNodeList(), own);
      return function.toBuilder()
          .clearNode()
          .addAllNode(ended(function.getNodeList(), Set.copyOf(function.getOutputList()), own::get))
          .build();
    }

    private void addConstants(List<NodeProto> nodes, Map<String, Double> all) {
      for (NodeProto node : nodes) {
        boolean isTensor =
            Structure.isConstant(node)
                && node.getAttributeCount() == 1
                && node.getAttribute(0).hasT();
        node.getOutputList()
            .forEach(name -> all.put(name, isTensor ? scalar(node.getAttribute(0).getT()) : null));
      }
    }

    private Double scalar(TensorProto tensor) {
      double[] all = Values.size(tensor) == 1 ? values.of(tensor) : new double[0];
      return all.length == 1 ? all[0] : null;
    }
  }

  private static boolean hasBodies(AttributeProto attribute) {
    return attribute.hasG() || attribute.getGraphsCount() > 0;
  }

  private static List<String> warnings(int norms, int learning, int drops) {
    List<String> warnings = new ArrayList<>();
    if (norms + drops > 0) {
      List<String> which = new ArrayList<>();
      if (norms > 0) {
        which.add("BatchNormalization (%d of them)".formatted(norms));
      }
      if (drops > 0) {
        which.add("Dropout (%d of them)".formatted(drops));
      }
      warnings.add(
          "the model was exported in training mode: %s %s run here as after model.eval()"
              .formatted(String.join(" and ", which), norms + drops == 1 ? "is" : "are"));
    }
    if (learning > 0) {
      warnings.add(
          "the model was exported in training mode: BatchNormalization (%d of them) learns as it runs, so that answers depend on the pictures before; export it after model.eval()"
              .formatted(learning));
    }
    return List.copyOf(warnings);
  }

  /** An operator as after training: with its first inputs, and without what it learns. */
  private static NodeProto evaluated(Op op, int inputs) {
    NodeProto.Builder result = op.proto().toBuilder().clearInput().clearOutput().clearAttribute();
    result.addAllInput(op.inputs().subList(0, inputs));
    // Dropout's mask is all true then.
    result.addAllOutput(op.is("Dropout") ? op.proto().getOutputList() : List.of(op.output()));
    for (AttributeProto attribute : op.proto().getAttributeList()) {
      boolean isTest = attribute.getName().equals("is_test");
      if (!MODES.contains(attribute.getName())) {
        result.addAttribute(attribute);
      } else if (isTest) {
        result.addAttribute(attribute.toBuilder().setI(1));
      }
    }
    return result.build();
  }

  /** Up to operator set 13 outputs for the running mean say it, since 14 an attribute. */
  private static boolean isBatchNorm(Op op) {
    boolean learns =
        op.has("training_mode")
            ? op.number("training_mode", 0) == 1
            : op.outputs().size() > 1 || (op.has("is_test") && op.number("is_test", 1) == 0);
    return op.is("BatchNormalization") && learns;
  }

  /** Up to operator set 6 {@code is_test}, since 12 a third input. */
  private static boolean isDropout(Op op, Function<String, Double> constants) {
    if (!op.is("Dropout")) {
      return false;
    }
    Double mode = op.input(2).isEmpty() ? null : constants.apply(op.input(2));
    return (mode != null && mode == 1) || (op.has("is_test") && op.number("is_test", 1) == 0);
  }
}
