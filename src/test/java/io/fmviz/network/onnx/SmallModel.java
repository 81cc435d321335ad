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

/** A model of a few operators, from a picture {@code x} of 3 x 8 x 8 to {@code y}. */
public final class SmallModel {
  private static final String OWN = "my.own";

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("g");
  private final ModelProto.Builder model =
      ModelProto.newBuilder()
          .setIrVersion(8)
          .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
          .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(OWN).setVersion(1));

  /** Of some operators. */
  public SmallModel(NodeProto... nodes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long side : new long[] {1, 3, 8, 8}) {
      shape.addDimBuilder().setDimValue(side);
    }
    TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape);
    graph.addInput(
        ValueInfoProto.newBuilder()
            .setName("x")
            .setType(TypeProto.newBuilder().setTensorType(type)));
    graph.addOutput(ValueInfoProto.newBuilder().setName("y"));
    for (NodeProto node : nodes) {
      graph.addNode(node);
    }
  }

  /** The same with initializers. */
  public SmallModel with(TensorProto... tensors) {
    for (TensorProto tensor : tensors) {
      graph.addInitializer(tensor);
    }
    return this;
  }

  SmallModel with(FunctionProto... functions) {
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
    graph
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .getDimBuilder(0)
        .setDimParam("n");
    return this;
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

  static AttributeProto.Builder number(String name) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INT);
  }

  static NodeProto with(NodeProto node, String name, NodeProto... body) {
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

  static TensorProto integers(String name, long... values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(7);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return values.length == 1 ? tensor.build() : tensor.addDims(values.length).build();
  }

  /** An operator that is a function of the file's own. */
  static NodeProto call(String function, String output, String... inputs) {
    return node(function, output, inputs).toBuilder().setDomain(OWN).build();
  }

  /** From {@code a} and {@code k} to {@code b}. */
  static FunctionProto function(String name, NodeProto... nodes) {
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
