package io.fmviz.network.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.fmviz.base.Exact;
import io.fmviz.network.onnx.file.ElementType;

/**
 * A model of a few operators, from a picture {@code x} of 3 x 8 x 8 to {@code y}.
 *
 * <pre>{@code
 * new SmallModel(node("Conv", "c", "x", "w"), node("Relu", "y", "c")).with(weight("w", 4, 3, 1, 1))
 * }</pre>
 */
public final class SmallModel {
  private static final String OWN = "my.own";
  private static final String MICROSOFT = "com.microsoft";

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("g");
  private final ModelProto.Builder model =
      ModelProto.newBuilder()
          .setIrVersion(8)
          .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
          .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(OWN).setVersion(1))
          .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(MICROSOFT).setVersion(1));

  /** Of some operators. */
  public SmallModel(NodeProto... nodes) {
    for (NodeProto node : nodes) {
      graph.addNode(node);
    }
    ofPictures(1, 3, 8, 8).withOutputs("y");
  }

  /** The same for other pictures; a side of -1 may have any size. */
  public SmallModel ofPictures(long... sides) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long side : sides) {
      TensorShapeProto.Dimension.Builder dimension = shape.addDimBuilder();
      if (side >= 0) {
        dimension.setDimValue(side);
      }
    }
    TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape);
    graph
        .clearInput()
        .addInput(
            ValueInfoProto.newBuilder()
                .setName("x")
                .setType(TypeProto.newBuilder().setTensorType(type)));
    return this;
  }

  /** The same with other outputs. */
  public SmallModel withOutputs(String... names) {
    graph.clearOutput();
    for (String name : names) {
      graph.addOutput(ValueInfoProto.newBuilder().setName(name));
    }
    return this;
  }

  /** The same with initializers. */
  public SmallModel with(TensorProto... tensors) {
    for (TensorProto tensor : tensors) {
      graph.addInitializer(tensor);
    }
    return this;
  }

  /** The same with functions of its own. */
  public SmallModel with(FunctionProto... functions) {
    for (FunctionProto function : functions) {
      model.addFunctions(function);
    }
    return this;
  }

  /** The same with another version of ONNX's own operators. */
  public SmallModel ofOperatorSet(long version) {
    model.getOpsetImportBuilder(0).setVersion(version);
    return this;
  }

  /** The same for any number of pictures at once. */
  public SmallModel ofAnyBatch() {
    return ofPictures(-1, 3, 8, 8);
  }

  public ModelProto model() {
    return model.setGraph(graph).build();
  }

  /** A file's bytes. */
  public byte[] bytes() {
    return model().toByteArray();
  }

  /** An operator; its output comes first. */
  public static NodeProto node(String type, String output, String... inputs) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(type).addOutput(output);
    for (String input : inputs) {
      node.addInput(input);
    }
    return node.build();
  }

  /** The same operator with an attribute. */
  public static NodeProto with(NodeProto node, String name, long value) {
    return node.toBuilder().addAttribute(number(name).setI(value)).build();
  }

  public static NodeProto with(NodeProto node, String name, float value) {
    return node.toBuilder()
        .addAttribute(
            AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value))
        .build();
  }

  public static NodeProto with(NodeProto node, String name, String value) {
    return node.toBuilder()
        .addAttribute(
            AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value)))
        .build();
  }

  /** The same operator with an attribute of several numbers. */
  public static NodeProto withAll(NodeProto node, String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return node.toBuilder().addAttribute(attribute).build();
  }

  static AttributeProto.Builder number(String name) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INT);
  }

  public static NodeProto with(NodeProto node, String name, NodeProto... body) {
    GraphProto.Builder inner = GraphProto.newBuilder().setName("b");
    for (NodeProto one : body) {
      inner.addNode(one);
    }
    inner.addOutput(ValueInfoProto.newBuilder().setName(body[body.length - 1].getOutput(0)));
    return node.toBuilder()
        .addAttribute(
            AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(inner))
        .build();
  }

  /** A scalar, or a row of numbers. */
  public static TensorProto integers(String name, long... values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(7);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return shaped(tensor.build(), sides(values.length));
  }

  /** A scalar, or a row of numbers. */
  public static TensorProto reals(String name, double... values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(1);
    for (double value : values) {
      tensor.addFloatData((float) value);
    }
    return shaped(tensor.build(), sides(values.length));
  }

  /** A scalar, or a row of numbers, of 8 or 32 bits. */
  public static TensorProto small(String name, ElementType type, int... values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.number());
    for (int value : values) {
      tensor.addInt32Data(value);
    }
    return shaped(tensor.build(), sides(values.length));
  }

  private static long[] sides(int count) {
    return count == 1 ? new long[0] : new long[] {count};
  }

  /** The same numbers in another shape. */
  public static TensorProto shaped(TensorProto tensor, long... sides) {
    TensorProto.Builder shaped = tensor.toBuilder().clearDims();
    for (long side : sides) {
      shaped.addDims(side);
    }
    return shaped.build();
  }

  /** Real numbers 1, 2, 3 and so on. */
  public static TensorProto weight(String name, long... sides) {
    double[] values = new double[(int) Exact.product(sides)];
    for (int i = 0; i < values.length; i++) {
      values[i] = i + 1;
    }
    return shaped(reals(name, values), sides);
  }

  /** Integers 1, 2, 3 and so on, of 8 bits. */
  public static TensorProto smallWeight(String name, ElementType type, long... sides) {
    int[] values = new int[(int) Exact.product(sides)];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 100 + 1;
    }
    return shaped(small(name, type, values), sides);
  }

  /** An operator that is a function of the file's own. */
  public static NodeProto call(String function, String output, String... inputs) {
    return node(function, output, inputs).toBuilder().setDomain(OWN).build();
  }

  /** One of ONNX Runtime's own operators. */
  public static NodeProto microsoft(String type, String output, String... inputs) {
    return node(type, output, inputs).toBuilder().setDomain(MICROSOFT).build();
  }

  /** From {@code a} and {@code k} to {@code b}. */
  public static FunctionProto function(String name, NodeProto... nodes) {
    FunctionProto.Builder function =
        FunctionProto.newBuilder()
            .setDomain(OWN)
            .setName(name)
            .addInput("a")
            .addInput("k")
            .addOutput("b")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(OWN).setVersion(1));
    for (NodeProto node : nodes) {
      function.addNode(node);
    }
    return function.build();
  }
}
