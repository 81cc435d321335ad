package io.fmviz.network.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.fmviz.base.Versions;
import io.fmviz.network.InputForm;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Window;
import io.fmviz.network.onnx.file.Structure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a network without branches as an ONNX model: {@code input}, float32 {@code (batch,
 * channels, height, width)}, to {@code logits}, {@code (batch, classes)}. Nodes are named as
 * PyTorch's exporter names them, so that a layer's path can be read off: {@code /net/net.0/Conv} is
 * {@code net.0}; parameters have PyTorch's names, {@code net.0.weight}.
 */
public final class OnnxWriter {
  /** ONNX 1.8's, of 2020: all that has come since reads it. */
  private static final int IR_VERSION = 7;

  private static final int OPERATOR_SET = 13;

  private final Network network;
  private final Map<String, float[]> weights;
  private final Map<String, ByteBuffer> written = new LinkedHashMap<>();
  private final GraphProto.Builder graph = GraphProto.newBuilder();

  private OnnxWriter(Network network, Map<String, float[]> weights) {
    this.network = network;
    this.weights = weights;
  }

  /**
   * The bytes of the model's file; the same for the same network.
   *
   * @param network whose nodes each read the one before, and end in logits
   * @param weights every parameter's values, row by row, under PyTorch's names
   * @param metadata what the file says of itself
   * @throws IllegalArgumentException if the network has layers of other kinds than a convolution,
   *     ReLU, a pooling and a linear layer
   */
  public static byte[] bytes(
      Network network, Map<String, float[]> weights, Map<String, String> metadata) {
    OnnxWriter writer = new OnnxWriter(network, weights);
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("fmviz")
            .setProducerVersion(Versions.get().fmviz())
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
            .setGraph(writer.graph());
    metadata.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return new Structure(model.build(), writer.written).whole().toByteArray();
  }

  private GraphProto graph() {
    InputForm form = network.input();
    graph.setName("fmviz");
    graph.addInput(values("input", form.channels(), form.height(), form.width()));
    graph.addOutput(values("logits", network.classes()));
    String tensor = "input";
    List<Node> nodes = network.nodes();
    for (Node node : nodes) {
      boolean isLast = node == nodes.get(nodes.size() - 1);
      tensor = add(node, tensor, isLast ? "logits" : null);
    }
    return graph.build();
  }

  /** A tensor with any number of images. */
  private static ValueInfoProto values(String name, int... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    dimensions.addDimBuilder().setDimParam("batch");
    for (int size : shape) {
      dimensions.addDimBuilder().setDimValue(size);
    }
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE)
            .setShape(dimensions)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }

  /** Adds what a layer is made of; what its output is called. */
  private String add(Node node, String input, String output) {
    return switch (node.type()) {
      case "Conv2d" ->
          add(node, operator("Conv", convolution(node)), parameters(node, input), output);
      case "ReLU" -> add(node, operator("Relu", List.of()), List.of(input), output);
      case "MaxPool2d" -> add(node, operator("MaxPool", window(node)), List.of(input), output);
      case "AdaptiveAvgPool2d" ->
          add(node, operator("GlobalAveragePool", List.of()), List.of(input), output);
      case "Linear" ->
          add(
              node,
              operator("Gemm", List.of(attribute("transB", 1))),
              parameters(node, flatten(input)),
              output);
      default ->
          throw new IllegalArgumentException("a " + node.type() + " can't be written as ONNX");
    };
  }

  private String add(Node node, NodeProto.Builder operator, List<String> inputs, String output) {
    String name = scope(node.path()) + "/" + operator.getOpType();
    String tensor = output == null ? name + "_output_0" : output;
    graph.addNode(operator.setName(name).addAllInput(inputs).addOutput(tensor));
    return tensor;
  }

  /** The one value of each map in a row. */
  private String flatten(String input) {
    NodeProto.Builder flatten = operator("Flatten", List.of(attribute("axis", 1)));
    graph.addNode(flatten.setName("/Flatten").addInput(input).addOutput("/Flatten_output_0"));
    return "/Flatten_output_0";
  }

  /** Each part of a path with all before it, {@code /net/net.0}. */
  private static String scope(String path) {
    StringBuilder scope = new StringBuilder();
    for (int end = path.indexOf('.'); end >= 0; end = path.indexOf('.', end + 1)) {
      scope.append('/').append(path, 0, end);
    }
    return scope.append('/').append(path).toString();
  }

  private static NodeProto.Builder operator(String type, List<AttributeProto> attributes) {
    return NodeProto.newBuilder().setOpType(type).addAllAttribute(attributes);
  }

  private static List<AttributeProto> convolution(Node node) {
    List<AttributeProto> attributes = new ArrayList<>(window(node));
    attributes.add(attribute("dilations", 1, 1));
    attributes.add(attribute("group", 1));
    return attributes;
  }

  private static List<AttributeProto> window(Node node) {
    Window w = node.window().orElseThrow();
    return List.of(
        attribute("kernel_shape", w.kernel(), w.kernel()),
        attribute("strides", w.stride(), w.stride()),
        attribute("pads", w.padding(), w.padding(), w.padding(), w.padding()));
  }

  private static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto attribute(String name, long first, long... others) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    attribute.addInts(first);
    for (long value : others) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  /** Adds a layer's weight and bias; the names of all that it reads. */
  private List<String> parameters(Node node, String input) {
    String weight = node.path() + ".weight";
    String bias = node.path() + ".bias";
    long out = node.shape().get(0);
    if (node.type().equals("Linear")) {
      add(weight, out, weights.get(weight).length / out);
    } else {
      int kernel = node.window().orElseThrow().kernel();
      add(weight, out, weights.get(weight).length / out / kernel / kernel, kernel, kernel);
    }
    add(bias, out);
    return List.of(input, weight, bias);
  }

  private void add(String name, long... shape) {
    float[] values = weights.get(name);
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    graph.addInitializer(tensor);
    written.put(name, bytes);
  }
}
