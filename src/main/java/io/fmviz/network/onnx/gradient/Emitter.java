package io.fmviz.network.onnx.gradient;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.fmviz.network.onnx.file.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Appends operators to a graph, each with a new name for what it makes, which it answers. */
class Emitter {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("fmviz-gradient");
  private final Map<TensorProto, String> constants = new HashMap<>();
  private int count;

  GraphProto.Builder graph() {
    return graph;
  }

  private String name() {
    return ":fmviz-gradient-" + count++;
  }

  /** Some whole numbers. */
  static AttributeProto ints(String name, long... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.INTS)
        .addAllInts(LongStream.of(values).boxed().toList())
        .build();
  }

  /** A whole number. */
  static AttributeProto number(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  /** A text. */
  static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  /** Appends an operator of one output. */
  String op(String type, List<String> inputs, AttributeProto... attributes) {
    return op(type, inputs, Arrays.asList(attributes));
  }

  String op(String type, List<String> inputs, List<AttributeProto> attributes) {
    return ops(type, 1, inputs, attributes)[0];
  }

  /** Appends an operator of several outputs. */
  String[] ops(String type, int outputs, List<String> inputs, List<AttributeProto> attributes) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(type).addAllInput(inputs).addAllAttribute(attributes);
    String[] names = new String[outputs];
    for (int i = 0; i < outputs; i++) {
      names[i] = name();
      node.addOutput(names[i]);
    }
    node.setName(names[0]);
    graph.addNode(node);
    return names;
  }

  String op1(String type, String a) {
    return op(type, List.of(a));
  }

  String op2(String type, String a, String b) {
    return op(type, List.of(a, b));
  }

  String add(String a, String b) {
    return op2("Add", a, b);
  }

  String sub(String a, String b) {
    return op2("Sub", a, b);
  }

  String mul(String a, String b) {
    return op2("Mul", a, b);
  }

  String div(String a, String b) {
    return op2("Div", a, b);
  }

  String mul(String a, double b) {
    return b == 1 ? a : mul(a, scalar(b));
  }

  String add(String a, double b) {
    return b == 0 ? a : add(a, scalar(b));
  }

  /** {@code a} where a condition holds, else {@code b}. */
  String where(String condition, String a, String b) {
    return op("Where", List.of(condition, a, b));
  }

  /** {@code a} where {@code x > least}, else zero. */
  String above(String x, double least, String a) {
    return where(op2("Greater", x, scalar(least)), a, scalar(0));
  }

  String cast(String a, ElementType type) {
    return op("Cast", List.of(a), number("to", type.number()));
  }

  String transpose(String a, long... order) {
    return op("Transpose", List.of(a), ints("perm", order));
  }

  String reshape(String a, long... shape) {
    return op2("Reshape", a, longs(shape));
  }

  /** Sums over some dimensions, which stay as sides of 1. */
  String sum(String a, long... axes) {
    return axes.length == 0 ? a : op("ReduceSum", List.of(a, longs(axes)), number("keepdims", 1));
  }

  /** Means over some dimensions, which stay as sides of 1. */
  String mean(String a, long... axes) {
    return op("ReduceMean", List.of(a), ints("axes", axes), number("keepdims", 1));
  }

  /** Values along a dimension, from one place up to another. */
  String slice(String a, long axis, long from, long to) {
    return op("Slice", List.of(a, longs(from), longs(to), longs(axis)));
  }

  /**
   * Puts zeros around: as many before, then behind, for each dimension; cuts off where negative.
   */
  String pad(String a, long... pads) {
    return LongStream.of(pads).allMatch(p -> p == 0) ? a : op2("Pad", a, longs(pads));
  }

  String zeros(long... shape) {
    return op("Expand", List.of(scalar(0), longs(shape)));
  }

  String scalar(double value) {
    return floats(new long[0], (float) value);
  }

  String longs(long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * values.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
    return constant(ElementType.INT64, new long[] {values.length}, bytes);
  }

  String floats(long[] shape, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return constant(ElementType.FLOAT, shape, bytes);
  }

  private String constant(ElementType type, long[] shape, ByteBuffer bytes) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDataType(type.number())
            .addAllDims(LongStream.of(shape).boxed().toList())
            .setRawData(ByteString.copyFrom(bytes));
    return constants.computeIfAbsent(
        tensor.build(),
        key -> {
          tensor.setName(name());
          graph.addInitializer(tensor);
          return tensor.getName();
        });
  }
}
