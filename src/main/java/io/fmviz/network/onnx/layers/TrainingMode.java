package io.fmviz.network.onnx.layers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.network.onnx.file.Structure;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.Op;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Operators that were exported as they work in training. BatchNormalization goes on learning: ONNX
 * Runtime changes its running mean with every run, so that an answer depends on the images before.
 * Dropout drops values at random. Both are made to work as they do after training.
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
    Graph graph = new Graph(structure);
    Constants constants = new Constants(graph, structure.weights(), folder);
    Map<NodeProto, NodeProto> others = new HashMap<>();
    int norms = 0;
    int learning = 0;
    int drops = 0;
    for (Op op : graph.ops()) {
      if (isBatchNorm(op) && isReadAlone(op, graph)) {
        others.put(op.proto(), evaluated(op, op.inputs().size()));
        norms++;
      } else if (isBatchNorm(op)) {
        learning++;
      } else if (isDropout(op, constants)) {
        others.put(op.proto(), evaluated(op, 1));
        drops++;
      }
    }
    return new TrainingMode(
        others.isEmpty() ? structure : with(structure, others), warnings(norms, learning, drops));
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

  private static Structure with(Structure structure, Map<NodeProto, NodeProto> others) {
    GraphProto graph = structure.model().getGraph();
    GraphProto.Builder result = graph.toBuilder().clearNode();
    graph.getNodeList().forEach(node -> result.addNode(others.getOrDefault(node, node)));
    return structure.with(result.build());
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

  private static boolean isReadAlone(Op op, Graph graph) {
    return op.outputs().stream()
        .skip(1)
        .allMatch(output -> graph.readers(output).isEmpty() && !graph.isOutput(output));
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
  private static boolean isDropout(Op op, Constants constants) {
    if (!op.is("Dropout")) {
      return false;
    }
    Double mode = op.input(2).isEmpty() ? null : constants.scalar(op.input(2));
    return (mode != null && mode == 1) || (op.has("is_test") && op.number("is_test", 1) == 0);
  }
}
