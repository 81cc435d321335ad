package io.fmviz.network.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.network.onnx.file.Structure;
import java.util.List;
import java.util.Set;

/**
 * An operator: a node of ONNX's graph. It is equal to itself only.
 *
 * @param place in the graph, from 0
 * @param reads all tensors that go into it, also into the graphs within
 * @param operator what is known of it, whatever its numbers are
 */
public record Op(NodeProto proto, int place, Set<String> reads, Operator operator) {
  /** An operator by itself, wherever it stands. */
  public static Op of(NodeProto node) {
    return new Op(node, 0, Graph.reads(node), Operators.of(node));
  }

  public String type() {
    return proto.getOpType();
  }

  /** Whether it is ONNX's own operator of a name, and not somebody's of the same one. */
  public boolean is(String name) {
    return type().equals(name) && Structure.isStandard(proto.getDomain());
  }

  public List<String> inputs() {
    return proto.getInputList();
  }

  /** An input by its place; empty if it is left out. */
  public String input(int place) {
    return place < proto.getInputCount() ? proto.getInput(place) : "";
  }

  public List<String> outputs() {
    return proto.getOutputList().stream().filter(name -> !name.isEmpty()).toList();
  }

  /** The first output; empty if there is none. */
  public String output() {
    return proto.getOutputCount() == 0 ? "" : proto.getOutput(0);
  }

  private AttributeProto attribute(String name) {
    for (AttributeProto attribute : proto.getAttributeList()) {
      if (attribute.getName().equals(name)) {
        return attribute;
      }
    }
    return AttributeProto.getDefaultInstance();
  }

  public boolean has(String name) {
    return attribute(name).hasName();
  }

  public long number(String name, long otherwise) {
    return has(name) ? attribute(name).getI() : otherwise;
  }

  public float real(String name, float otherwise) {
    return has(name) ? attribute(name).getF() : otherwise;
  }

  public String text(String name) {
    return attribute(name).getS().toStringUtf8();
  }

  /** Some numbers; none if there is no such attribute. */
  public long[] numbers(String name) {
    return attribute(name).getIntsList().stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return place;
  }
}
