package io.fmviz.network.onnx.file;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.UnsafeByteOperations;
import io.fmviz.base.Exact;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The values of Constant nodes, in all forms but strings, and sparse tensors as dense ones. */
final class ConstantNodes {
  /** What all sparse tensors may become: few bytes in a file can stand for any number. */
  static final long MOST_DENSE_BYTES = 1 << 28;

  private ConstantNodes() {}

  /**
   * The value of ONNX's Constant; null for strings, and for a node that isn't as ONNX has it.
   *
   * @param most how many bytes a sparse one may have
   */
  static TensorProto value(NodeProto node, long most) {
    if (node.getOutputCount() != 1 || node.getAttributeCount() != 1) {
      return null;
    }
    AttributeProto attribute = node.getAttribute(0);
    return switch (attribute.getName()) {
      case "value" -> attribute.hasT() ? attribute.getT() : null;
      case "sparse_value" ->
          attribute.hasSparseTensor() ? dense(attribute.getSparseTensor(), most) : null;
      case "value_float" -> of(ElementType.FLOAT).addFloatData(attribute.getF()).build();
      case "value_int" -> of(ElementType.INT64).addInt64Data(attribute.getI()).build();
      case "value_floats" ->
          of(ElementType.FLOAT)
              .addDims(attribute.getFloatsCount())
              .addAllFloatData(attribute.getFloatsList())
              .build();
      case "value_ints" ->
          of(ElementType.INT64)
              .addDims(attribute.getIntsCount())
              .addAllInt64Data(attribute.getIntsList())
              .build();
      default -> null;
    };
  }

  private static TensorProto.Builder of(ElementType type) {
    return TensorProto.newBuilder().setDataType(type.number());
  }

  /**
   * A sparse tensor (SparseTensorProto) with its zeros; null where it is none as ONNX has it, of a
   * type that isn't known, or too large.
   *
   * @param most how many bytes it may have
   */
  static TensorProto dense(SparseTensorProto sparse, long most) {
    TensorProto values = sparse.getValues();
    ElementType type = ElementType.of(values.getDataType());
    long size = Exact.atMost(sparse.getDimsList());
    long count = Values.size(values);
    boolean isSane = size >= 0 && count >= 0 && count <= size && size <= most / type.bytes();
    long[] places = isSane && type != ElementType.OTHER ? places(sparse, (int) count) : null;
    if (places == null) {
      return null;
    }
    ByteBuffer bytes =
        ByteBuffer.allocate((int) size * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer raw = bytes(values, type);
    if (raw.remaining() != count * type.bytes()) {
      return null;
    }
    for (int i = 0; i < count; i++) {
      if (places[i] < 0 || places[i] >= size) {
        return null;
      }
      bytes.put((int) places[i] * type.bytes(), raw, i * type.bytes(), type.bytes());
    }
    return TensorProto.newBuilder()
        .setName(values.getName())
        .setDataType(values.getDataType())
        .addAllDims(sparse.getDimsList())
        .setRawData(UnsafeByteOperations.unsafeWrap(bytes))
        .build();
  }

  /** A tensor's values as bytes, also where they stand in a field of their type. */
  private static ByteBuffer bytes(TensorProto tensor, ElementType type) {
    if (tensor.hasRawData()) {
      return tensor.getRawData().asReadOnlyByteBuffer();
    }
    double[] all = type.fields(tensor);
    ByteBuffer bytes =
        ByteBuffer.allocate(all.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < all.length; i++) {
      type.put(bytes, i * type.bytes(), all[i]);
    }
    return bytes;
  }

  /** Where the values stand in the dense tensor, row by row; null where the indices don't say. */
  private static long[] places(SparseTensorProto sparse, int count) {
    TensorProto indices = sparse.getIndices();
    int rank = indices.getDimsCount() == 1 ? 1 : sparse.getDimsCount();
    double[] all =
        ElementType.of(indices.getDataType()) == ElementType.INT64 ? integers(indices) : null;
    if (all == null || all.length != (long) count * rank) {
      return null;
    }
    long[] places = new long[count];
    for (int i = 0; i < count; i++) {
      for (int side = 0; side < rank; side++) {
        long length = indices.getDimsCount() == 1 ? 1 : sparse.getDims(side);
        places[i] = places[i] * length + (long) all[i * rank + side];
      }
    }
    return places;
  }

  private static double[] integers(TensorProto tensor) {
    if (!tensor.hasRawData()) {
      return ElementType.INT64.fields(tensor);
    }
    ByteBuffer bytes = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    double[] all = new double[bytes.remaining() / Long.BYTES];
    for (int i = 0; i < all.length; i++) {
      all[i] = bytes.getLong(i * Long.BYTES);
    }
    return all;
  }
}
