package io.fmviz.network.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Set;

/**
 * An operator: a node of ONNX's graph. It is equal to itself only.
 *
 * @param place in the graph, from 0
 * @param reads all tensors that go into it, also into the graphs within
 */
record Op(NodeProto proto, int place, Set<String> reads) {
  String type() {
    return proto.getOpType();
  }

  /** Of ONNX's own operators, and not somebody's of the same name. */
  boolean isStandard() {
    return proto.getDomain().isEmpty() || proto.getDomain().equals("ai.onnx");
  }

  List<String> inputs() {
    return proto.getInputList();
  }

  /** An input by its place; empty if it is left out. */
  String input(int place) {
    return place < proto.getInputCount() ? proto.getInput(place) : "";
  }

  List<String> outputs() {
    return proto.getOutputList().stream().filter(name -> !name.isEmpty()).toList();
  }

  /** The first output; empty if there is none. */
  String output() {
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

  boolean has(String name) {
    return attribute(name).hasName();
  }

  long number(String name, long otherwise) {
    return has(name) ? attribute(name).getI() : otherwise;
  }

  float real(String name, float otherwise) {
    return has(name) ? attribute(name).getF() : otherwise;
  }

  String text(String name) {
    return attribute(name).getS().toStringUtf8();
  }

  /** Some numbers; none if there is no such attribute. */
  long[] numbers(String name) {
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
