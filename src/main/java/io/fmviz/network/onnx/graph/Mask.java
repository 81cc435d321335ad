package io.fmviz.network.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.fmviz.base.UserException;
import io.fmviz.network.onnx.file.ElementType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An input that says which channels of a tensor are set to zero, whatever their values are: bool,
 * {@code (1, channels, 1, ...)} or, where the tensor has its channels last, {@code (1, 1, 1,
 * channels)}, true for those.
 *
 * @param shape without the batch, channels first
 * @param channelsLast whether the tensor has its channels last
 */
public record Mask(String tensor, List<Integer> shape, boolean channelsLast) {
  private static final String NAME = ":fmviz-off";

  /** The operator set that has Where. */
  private static final long WHERE = 9;

  public Mask {
    shape = List.copyOf(shape);
  }

  /**
   * A mask for a layer's output.
   *
   * @param layer what people call it
   * @param shape of its output, without the batch, channels first
   * @throws UserException if its values are no float32
   */
  public static Mask of(IntermediateOutput output, String layer, List<Integer> shape) {
    if (output.type() != ElementType.FLOAT) {
      throw new UserException(
          "channels of %s can't be switched off: they are not float32".formatted(layer));
    }
    return new Mask(output.tensor(), shape, output.channelsLast());
  }

  /** What the input is called. */
  public String name() {
    return tensor + NAME;
  }

  /** The input's sides, as many as the tensor has. */
  public List<Long> sides() {
    List<Long> sides = new ArrayList<>(Collections.nCopies(shape.size() + 1, 1L));
    sides.set(channelsLast ? shape.size() : 1, (long) shape.get(0));
    return sides;
  }

  ValueInfoProto declared() {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    sides().forEach(side -> dimensions.addDimBuilder().setDimValue(side));
    return GraphInput.declared(
        name(),
        TypeProto.Tensor.newBuilder().setElemType(ElementType.BOOL.number()).setShape(dimensions));
  }

  /**
   * What makes the tensor. Operator sets without Where take a product, which leaves NaN and
   * infinite values NaN.
   *
   * @param before the values of all channels
   * @param zero a tensor of one number
   */
  List<NodeProto> nodes(String before, String zero, long operatorSet) {
    if (operatorSet >= WHERE) {
      return List.of(node("Where", tensor, name(), zero, before));
    }
    String on = name() + "-not";
    String ones = name() + "-ones";
    NodeProto.Builder cast = node("Cast", ones, on).toBuilder();
    cast.addAttribute(
        AttributeProto.newBuilder()
            .setName("to")
            .setType(AttributeProto.AttributeType.INT)
            .setI(ElementType.FLOAT.number()));
    return List.of(node("Not", on, name()), cast.build(), node("Mul", tensor, before, ones));
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }
}
