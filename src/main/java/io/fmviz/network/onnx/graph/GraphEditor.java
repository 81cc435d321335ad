package io.fmviz.network.onnx.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.file.Structure;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes other models of a graph: with intermediate outputs, of a part of it, with channels that can
 * be set to zero. Nothing else changes a graph.
 *
 * <pre>{@code
 * GraphEditor editor = new GraphEditor(structure, graph);
 * Structure edited = editor.model(Edit.NONE.withOutputs(List.of(IntermediateOutput.asIs("relu1"))));
 * edited.whole().writeTo(out);
 * }</pre>
 */
public final class GraphEditor {
  /** Put behind the name of a tensor before it is masked. */
  private static final String BEFORE = ":fmviz-before";

  private static final TensorProto ZERO =
      TensorProto.newBuilder()
          .setName(":fmviz-zero")
          .setDataType(ElementType.FLOAT.number())
          .addFloatData(0)
          .build();

  private final Structure structure;
  private final Graph graph;

  /**
   * An editor of a graph.
   *
   * @param graph that of the structure's model
   */
  public GraphEditor(Structure structure, Graph graph) {
    this.structure = structure;
    this.graph = graph;
  }

  public Graph graph() {
    return graph;
  }

  /** An edited model, with the weights that it needs. */
  public Structure model(Edit edit) {
    Set<String> needed = new HashSet<>();
    Collection<Op> ops = needed(edit, needed);
    GraphProto.Builder result = GraphProto.newBuilder().setName(graph.proto().getName());
    addInputs(edit, needed, result);
    addNodes(edit, ops, result);
    addOutputs(edit, result);
    Map<String, ByteBuffer> weights = new LinkedHashMap<>();
    for (TensorProto tensor : graph.proto().getInitializerList()) {
      if (needed.contains(tensor.getName())) {
        result.addInitializer(tensor);
        if (structure.weights().containsKey(tensor.getName())) {
          weights.put(tensor.getName(), structure.weights().get(tensor.getName()));
        }
      }
    }
    result.addAllSparseInitializer(graph.proto().getSparseInitializerList());
    result.addAllQuantizationAnnotation(graph.proto().getQuantizationAnnotationList());
    return new Structure(structure.model().toBuilder().setGraph(result).build(), weights);
  }

  /**
   * The operators that are needed, in the graph's order.
   *
   * @param tensors gets the names of all that is read or made
   */
  private Collection<Op> needed(Edit edit, Set<String> tensors) {
    Set<String> given = new HashSet<>();
    edit.inputs().forEach(input -> given.add(input.output().tensor()));
    tensors.addAll(edit.keepsOutputs() ? graph.outputs() : edit.shapes());
    edit.outputs().forEach(output -> tensors.addAll(output.reads()));
    Collection<Op> ops = new GraphWalk(graph).before(List.copyOf(tensors), given);
    ops.forEach(op -> tensors.addAll(op.reads()));
    return ops;
  }

  private void addInputs(Edit edit, Set<String> needed, GraphProto.Builder result) {
    if (edit.inputs().isEmpty()) {
      result.addAllInput(graph.proto().getInputList());
    }
    for (GraphInput input : edit.inputs()) {
      if (needed.contains(input.output().tensor())) {
        result.addInput(input.declared());
        input.output().in().forEach(result::addNode);
        needed.addAll(input.output().reads());
      }
    }
  }

  /** Adds the operators; what makes a masked tensor makes one of another name. */
  private void addNodes(Edit edit, Collection<Op> ops, GraphProto.Builder result) {
    Map<String, Mask> masks = new HashMap<>();
    edit.masks().forEach(mask -> masks.put(mask.tensor(), mask));
    if (!masks.isEmpty()) {
      result.addInitializer(ZERO);
    }
    for (Op op : ops) {
      if (op.outputs().stream().noneMatch(masks::containsKey)) {
        result.addNode(op.proto());
        continue;
      }
      NodeProto.Builder maker = op.proto().toBuilder();
      result.addNode(maker);
      int place = result.getNodeCount() - 1;
      for (int i = 0; i < maker.getOutputCount(); i++) {
        Mask mask = masks.get(maker.getOutput(i));
        if (mask != null) {
          maker.setOutput(i, mask.tensor() + BEFORE);
          add(mask, result);
        }
      }
      result.setNode(place, maker);
    }
  }

  private void add(Mask mask, GraphProto.Builder result) {
    result.addInput(mask.declared());
    mask.nodes(mask.tensor() + BEFORE, ZERO.getName(), graph.operatorSet())
        .forEach(result::addNode);
  }

  private void addOutputs(Edit edit, GraphProto.Builder result) {
    if (edit.keepsOutputs()) {
      result.addAllOutput(graph.proto().getOutputList());
    }
    for (IntermediateOutput output : edit.outputs()) {
      output.out().forEach(result::addNode);
      result.addOutput(ValueInfoProto.newBuilder().setName(output.name()));
    }
    for (String tensor : edit.shapes()) {
      String name = Edit.shapeOf(tensor);
      result.addNode(NodeProto.newBuilder().setOpType("Shape").addInput(tensor).addOutput(name));
      result.addOutput(ValueInfoProto.newBuilder().setName(name));
    }
  }
}
