package io.fmviz.network.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.fmviz.network.onnx.file.Structure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who makes and who reads each tensor of a model's graph. */
public final class Graph {
  private final GraphProto proto;
  private final long operatorSet;
  private final List<Op> ops = new ArrayList<>();
  private final Map<String, Op> makers = new HashMap<>();
  private final Map<String, List<Op>> readers = new HashMap<>();
  private final Set<String> outputs = new LinkedHashSet<>();

  /** The graph of a model. */
  public Graph(Structure structure) {
    this.proto = structure.model().getGraph();
    this.operatorSet =
        structure.model().getOpsetImportList().stream()
            .filter(one -> Structure.isStandard(one.getDomain()))
            .mapToLong(OperatorSetIdProto::getVersion)
            .findFirst()
            .orElse(0);
    List<Set<String>> reads = proto.getNodeList().stream().map(Graph::reads).toList();
    for (int i : NodeOrder.of(proto.getNodeList(), reads)) {
      NodeProto node = proto.getNode(i);
      Op op = new Op(node, ops.size(), reads.get(i), Operators.of(node));
      ops.add(op);
      op.outputs().forEach(tensor -> makers.putIfAbsent(tensor, op));
      op.reads().forEach(t -> readers.computeIfAbsent(t, name -> new ArrayList<>()).add(op));
    }
    proto.getOutputList().forEach(output -> outputs.add(output.getName()));
  }

  /** What a node reads, and the graphs in it read from outside. */
  public static Set<String> reads(NodeProto node) {
    Set<String> reads = new LinkedHashSet<>(node.getInputList());
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        reads.addAll(readsFromOutside(attribute.getG()));
      }
      attribute.getGraphsList().forEach(graph -> reads.addAll(readsFromOutside(graph)));
    }
    reads.remove("");
    return reads;
  }

  private static Set<String> readsFromOutside(GraphProto body) {
    Set<String> reads = new LinkedHashSet<>();
    Set<String> made = new HashSet<>();
    body.getInputList().forEach(input -> made.add(input.getName()));
    body.getInitializerList().forEach(tensor -> made.add(tensor.getName()));
    for (NodeProto node : body.getNodeList()) {
      reads.addAll(reads(node));
      made.addAll(node.getOutputList());
    }
    body.getOutputList().forEach(output -> reads.add(output.getName()));
    reads.removeAll(made);
    return reads;
  }

  GraphProto proto() {
    return proto;
  }

  /** The version of ONNX's own operators. */
  public long operatorSet() {
    return operatorSet;
  }

  /** All operators, each behind those that it reads, else in the file's order. */
  public List<Op> ops() {
    return ops;
  }

  /** Who makes a tensor; null for inputs and weights. */
  public Op maker(String tensor) {
    return makers.get(tensor);
  }

  public List<Op> readers(String tensor) {
    return readers.getOrDefault(tensor, List.of());
  }

  public boolean isOutput(String tensor) {
    return outputs.contains(tensor);
  }

  /** The model's outputs by name, in its order. */
  public List<String> outputs() {
    return List.copyOf(outputs);
  }

  public ValueInfoProto input() {
    return proto.getInput(0);
  }

  /** The tensors that the pictures go into. */
  public Set<String> fromPictures() {
    Set<String> tensors = new HashSet<>();
    new GraphWalk(this).after(input().getName()).forEach(op -> tensors.addAll(op.outputs()));
    return tensors;
  }

  /** The only operator that reads a tensor; null if there are more, or it is an output. */
  public Op onlyReader(String tensor) {
    List<Op> all = readers(tensor);
    return all.size() == 1 && !isOutput(tensor) ? all.get(0) : null;
  }
}
