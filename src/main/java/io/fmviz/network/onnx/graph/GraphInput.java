package io.fmviz.network.onnx.graph;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.fmviz.network.onnx.file.ElementType;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor that goes into a model, in place of what the graph would make.
 *
 * @param output the tensor that it stands for
 * @param declared its name, type and shape, with the batch
 */
public record GraphInput(IntermediateOutput output, ValueInfoProto declared) {
  /** What the number of images is called. */
  public static final String BATCH = "fmviz_batch";

  /**
   * A tensor with a batch in front, given as float32.
   *
   * @param batch how many images go through at once; 0 for any number
   * @param shape without the batch
   */
  public static GraphInput floats(IntermediateOutput output, int batch, List<Integer> shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    if (batch > 0) {
      dimensions.addDimBuilder().setDimValue(batch);
    } else {
      dimensions.addDimBuilder().setDimParam(BATCH);
    }
    shape.forEach(side -> dimensions.addDimBuilder().setDimValue(side));
    TypeProto.Tensor.Builder type =
        TypeProto.Tensor.newBuilder().setElemType(ElementType.FLOAT.number()).setShape(dimensions);
    return new GraphInput(output, declared(output.name(), type));
  }

  /** A tensor as the graph has it, of any shape. */
  public static GraphInput asIs(String tensor, ElementType type) {
    TypeProto.Tensor.Builder tensorType = TypeProto.Tensor.newBuilder().setElemType(type.number());
    return new GraphInput(IntermediateOutput.asIs(tensor), declared(tensor, tensorType));
  }

  /** Its shape for so many images. */
  public List<Long> sides(int images) {
    List<Long> sides = new ArrayList<>();
    declared
        .getType()
        .getTensorType()
        .getShape()
        .getDimList()
        .forEach(side -> sides.add(side.getDimValue()));
    sides.set(0, (long) images);
    return sides;
  }

  static ValueInfoProto declared(String name, TypeProto.Tensor.Builder type) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
