package io.fmviz.network.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.network.onnx.file.ElementType;
import java.util.List;
import java.util.Optional;

/**
 * A tensor that is listened to, or given in place of what the graph would make: as float32,
 * whatever the graph itself has.
 *
 * @param scale of a quantized tensor, by name; null for others
 * @param zero what stands for zero there, by name; empty for none
 */
public record IntermediateOutput(String tensor, ElementType type, String scale, String zero) {
  /** What is put behind names for the tensors that fmviz adds to a graph in memory. */
  private static final String OURS = ":fmviz";

  /** Of a tensor of real numbers. */
  public static IntermediateOutput of(String tensor, ElementType type) {
    return new IntermediateOutput(tensor, type, null, "");
  }

  /** Of a tensor as the graph has it, whatever its type is. */
  public static IntermediateOutput asIs(String tensor) {
    return of(tensor, ElementType.FLOAT);
  }

  /** What the tensor is called as float32. */
  public String name() {
    return type == ElementType.FLOAT ? tensor : tensor + OURS;
  }

  /** The tensors that go into making float32 of it. */
  List<String> reads() {
    return scale == null ? List.of(tensor) : List.of(tensor, scale, zero);
  }

  /** What makes float32 of the tensor; nothing if it is. */
  Optional<NodeProto> out() {
    if (type == ElementType.FLOAT) {
      return Optional.empty();
    }
    return Optional.of(
        scale == null
            ? cast(tensor, name(), ElementType.FLOAT)
            : scaled("DequantizeLinear", tensor, name()));
  }

  /** What makes the tensor of float32; nothing if it is. */
  Optional<NodeProto> in() {
    if (type == ElementType.FLOAT) {
      return Optional.empty();
    }
    return Optional.of(
        scale == null ? cast(name(), tensor, type) : scaled("QuantizeLinear", name(), tensor));
  }

  private static NodeProto cast(String from, String to, ElementType type) {
    return NodeProto.newBuilder()
        .setOpType("Cast")
        .addInput(from)
        .addOutput(to)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("to")
                .setType(AttributeProto.AttributeType.INT)
                .setI(type.number()))
        .build();
  }

  private NodeProto scaled(String operator, String from, String to) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(operator).addInput(from).addInput(scale).addOutput(to);
    return zero.isEmpty() ? node.build() : node.addInput(zero).build();
  }
}
