package io.fmviz.network.onnx.file;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Copies the nodes of a function or of a branch into the graph that calls it. Every name that is
 * not given by the caller is put behind the caller's, also within bodies, so that nothing is taken
 * for another tensor of the same name.
 */
public final class Inlining {
  private final Map<String, String> names = new HashMap<>();
  private final TakenNames taken;
  private final String prefix;
  private final Set<String> own;
  private final UnaryOperator<AttributeProto> attributes;

  /**
   * An inlining of one call.
   *
   * @param caller what stands before the names
   * @param taken all names of the graph; gets those that are added
   * @param own the names that get another; null for all
   * @param attributes an attribute as the call has it; null for one that it doesn't have
   */
  private Inlining(
      String caller, TakenNames taken, Set<String> own, UnaryOperator<AttributeProto> attributes) {
    this.prefix = caller;
    this.taken = taken;
    this.own = own;
    this.attributes = attributes;
  }

  /** Of a function, which sees nothing but what it is given. */
  static Inlining ofFunction(
      NodeProto call, TakenNames taken, UnaryOperator<AttributeProto> attributes) {
    return new Inlining(caller(call), taken, null, attributes);
  }

  /** Of a branch, which sees all tensors around it. */
  public static Inlining ofBranch(NodeProto node, GraphProto branch, TakenNames taken) {
    return new Inlining(caller(node), taken, madeIn(branch), attribute -> attribute);
  }

  private static String caller(NodeProto node) {
    return node.getName().isEmpty() ? node.getOpType() : node.getName();
  }

  private static Set<String> madeIn(GraphProto graph) {
    Set<String> made = new HashSet<>();
    graph.getInputList().forEach(input -> made.add(input.getName()));
    graph.getInitializerList().forEach(tensor -> made.add(tensor.getName()));
    for (NodeProto node : graph.getNodeList()) {
      made.addAll(node.getOutputList());
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.hasG()) {
          made.addAll(madeIn(attribute.getG()));
        }
        attribute.getGraphsList().forEach(body -> made.addAll(madeIn(body)));
      }
    }
    return made;
  }

  /** What a name stands for in the caller; empty for what the caller leaves out. */
  void give(String name, String actual) {
    names.put(name, actual);
  }

  /**
   * Gives outputs the names that the caller has for them.
   *
   * @param nodes that make them
   * @return nodes that pass on what isn't made here, or is an output twice
   */
  public List<NodeProto> outputs(List<String> outputs, List<String> actual, List<NodeProto> nodes) {
    Set<String> made = new HashSet<>();
    nodes.forEach(node -> made.addAll(node.getOutputList()));
    List<NodeProto> ends = new ArrayList<>();
    for (int i = 0; i < Math.min(outputs.size(), actual.size()); i++) {
      if (actual.get(i).isEmpty()) {
        continue;
      }
      if (made.remove(outputs.get(i))) {
        give(outputs.get(i), actual.get(i));
      } else {
        ends.add(identity(name(outputs.get(i)), actual.get(i)));
      }
    }
    return ends;
  }

  private static NodeProto identity(String from, String to) {
    return NodeProto.newBuilder()
        .setOpType("Identity")
        .setName(to)
        .addInput(from)
        .addOutput(to)
        .build();
  }

  /** A tensor's name in the caller. */
  private String name(String name) {
    boolean isOuter = own != null && !own.contains(name);
    return name.isEmpty() || isOuter
        ? name
        : names.computeIfAbsent(name, n -> taken.free("", prefix, n));
  }

  /** Nodes as they stand in the caller. */
  public List<NodeProto> nodes(List<NodeProto> nodes) {
    List<NodeProto> copies = new ArrayList<>();
    for (NodeProto node : nodes) {
      NodeProto.Builder copy = node.toBuilder().clearInput().clearOutput().clearAttribute();
      copy.setName(taken.free(TakenNames.NODE, prefix, caller(node)));
      node.getInputList().forEach(name -> copy.addInput(name(name)));
      node.getOutputList().forEach(name -> copy.addOutput(name(name)));
      for (AttributeProto written : node.getAttributeList()) {
        AttributeProto actual = attributes.apply(written);
        if (actual != null) {
          // What the caller gives has the caller's names.
          copy.addAttribute(written.getRefAttrName().isEmpty() ? body(actual) : actual);
        }
      }
      copies.add(copy.build());
    }
    return copies;
  }

  private AttributeProto body(AttributeProto attribute) {
    if (attribute.hasT()) {
      return attribute.toBuilder().setT(unmarked(attribute.getT())).build();
    }
    if (!attribute.hasG() && attribute.getGraphsCount() == 0) {
      return attribute;
    }
    AttributeProto.Builder copy = attribute.toBuilder().clearGraphs();
    if (attribute.hasG()) {
      copy.setG(body(attribute.getG()));
    }
    attribute.getGraphsList().forEach(graph -> copy.addGraphs(body(graph)));
    return copy.build();
  }

  private GraphProto body(GraphProto graph) {
    GraphProto.Builder copy =
        graph.toBuilder().clearNode().clearInput().clearOutput().clearInitializer();
    graph.getInputList().forEach(input -> copy.addInput(named(input)));
    graph.getInitializerList().forEach(tensor -> copy.addInitializer(named(tensor)));
    copy.addAllNode(nodes(graph.getNodeList()));
    graph.getOutputList().forEach(output -> copy.addOutput(named(output)));
    return copy.clearValueInfo().build();
  }

  private ValueInfoProto named(ValueInfoProto value) {
    return value.toBuilder().setName(name(value.getName())).build();
  }

  /** A constant under its name in the caller. */
  public TensorProto named(TensorProto tensor) {
    return unmarked(tensor).toBuilder().setName(name(tensor.getName())).build();
  }

  /** Where the reader keeps no weights apart, a mark was there before. */
  private static TensorProto unmarked(TensorProto tensor) {
    return tensor.getUnknownFields().asMap().isEmpty()
        ? tensor
        : tensor.toBuilder().setUnknownFields(UnknownFieldSet.getDefaultInstance()).build();
  }
}
