package io.fmviz.network.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.network.onnx.file.ElementType;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor that is listened to, or given in place of what the graph would make: as float32 with its
 * channels first, whatever the graph itself has.
 *
 * @param scale of a quantized tensor, by name; null for others
 * @param zero what stands for zero there, by name; empty for none
 * @param channelsLast whether the graph has it as {@code (batch, height, width, channels)}
 */
public record IntermediateOutput(
    String tensor, ElementType type, String scale, String zero, boolean channelsLast) {
  /** What is put behind names for the tensors that fmviz adds to a graph in memory. */
  private static final String OURS = ":fmviz";

  /** The same of float32 that still has its channels last. */
  private static final String OURS_LAST = ":fmviz-last";

  /** Of a tensor of real numbers. */
  public static IntermediateOutput of(String tensor, ElementType type) {
    return quantized(tensor, type, null, "");
  }

  /** Of a tensor of integers that stand for real numbers. */
  public static IntermediateOutput quantized(
      String tensor, ElementType type, String scale, String zero) {
    return new IntermediateOutput(tensor, type, scale, zero, false);
  }

  /** Of a tensor as the graph has it, whatever its type is. */
  public static IntermediateOutput asIs(String tensor) {
    return of(tensor, ElementType.FLOAT);
  }

  /** The same of a tensor that has its channels there. */
  public IntermediateOutput with(ChannelAxis axis) {
    return new IntermediateOutput(tensor, type, scale, zero, axis == ChannelAxis.LAST);
  }

  /** What the tensor is called as float32, channels first. */
  public String name() {
    return channelsLast ? tensor + OURS : real();
  }

  /** What it is called as float32, whose channels are where the graph has them. */
  private String real() {
    return type == ElementType.FLOAT ? tensor : tensor + (channelsLast ? OURS_LAST : OURS);
  }

  /** The tensors that go into making float32 of it. */
  List<String> reads() {
    return scale == null ? List.of(tensor) : List.of(tensor, scale, zero);
  }

  /** What makes float32 of the tensor, channels first; nothing if it is. */
  List<NodeProto> out() {
    List<NodeProto> nodes = new ArrayList<>();
    if (type != ElementType.FLOAT) {
      nodes.add(
          scale == null
              ? cast(tensor, real(), ElementType.FLOAT)
              : scaled("DequantizeLinear", tensor, real()));
    }
    if (channelsLast) {
      nodes.add(transposed(real(), name(), 0, 3, 1, 2));
    }
    return nodes;
  }

  /** What makes the tensor of float32, channels first; nothing if it is. */
  List<NodeProto> in() {
    List<NodeProto> nodes = new ArrayList<>();
    if (channelsLast) {
      nodes.add(transposed(name(), real(), 0, 2, 3, 1));
    }
    if (type != ElementType.FLOAT) {
      nodes.add(
          scale == null ? cast(real(), tensor, type) : scaled("QuantizeLinear", real(), tensor));
    }
    return nodes;
  }

  private static NodeProto transposed(String from, String to, long... axes) {
    AttributeProto.Builder order =
        AttributeProto.newBuilder().setName("perm").setType(AttributeProto.AttributeType.INTS);
    for (long axis : axes) {
      order.addInts(axis);
    }
    return node("Transpose", from, to).addAttribute(order).build();
  }

  private static NodeProto cast(String from, String to, ElementType type) {
    return node("Cast", from, to)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("to")
                .setType(AttributeProto.AttributeType.INT)
                .setI(type.number()))
        .build();
  }

  private NodeProto scaled(String operator, String from, String to) {
    NodeProto.Builder node = node(operator, from, to).addInput(scale);
    return zero.isEmpty() ? node.build() : node.addInput(zero).build();
  }

  private static NodeProto.Builder node(String operator, String from, String to) {
    return NodeProto.newBuilder().setOpType(operator).addInput(from).addOutput(to);
  }
}
