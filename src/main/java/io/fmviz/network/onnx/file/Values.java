package io.fmviz.network.onnx.file;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.fmviz.base.Exact;
import io.fmviz.base.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;

/**
 * The numbers in a model's tensors, wherever they are.
 *
 * @param weights the values of the graph's large weights
 * @param folder in which files of external data are
 */
public record Values(Map<String, ByteBuffer> weights, Path folder) {
  /** Those of tensors that aren't the graph's own, whatever their names are. */
  public Values inside() {
    return new Values(Map.of(), folder);
  }

  /** How many a tensor says that it has; -1 where no tensor can have so many. */
  public static long size(TensorProto tensor) {
    long size = Exact.atMost(tensor.getDimsList());
    return size == Long.MAX_VALUE ? -1 : size;
  }

  /** A tensor's values; none if it hasn't as many as it says, or of a type that isn't known. */
  public double[] of(TensorProto tensor) {
    ElementType type = ElementType.of(tensor.getDataType());
    if (type == ElementType.OTHER) {
      return new double[0];
    }
    ByteBuffer bytes = bytes(tensor);
    double[] values =
        bytes == null ? type.fields(tensor) : new double[bytes.remaining() / type.bytes()];
    for (int i = 0; bytes != null && i < values.length; i++) {
      values[i] = type.value(bytes, i * type.bytes());
    }
    return values.length == size(tensor) ? values : new double[0];
  }

  /** Its values' bytes; null where they stand in a field of their type. */
  public ByteBuffer bytes(TensorProto tensor) {
    if (weights.containsKey(tensor.getName())) {
      return weights.get(tensor.getName()).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      return external(ExternalData.of(tensor.getExternalDataList()));
    }
    return tensor.hasRawData()
        ? tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN)
        : null;
  }

  private ByteBuffer external(ExternalData data) {
    try (FileChannel file = FileChannel.open(folder.resolve(data.location()))) {
      long length = data.length() < 0 ? file.size() - data.offset() : data.length();
      if (length < 0 || length > file.size() - data.offset()) {
        return ByteBuffer.allocate(0);
      }
      return file.map(FileChannel.MapMode.READ_ONLY, data.offset(), length)
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw UserException.cannotRead(folder.resolve(data.location()), e);
    }
  }
}
