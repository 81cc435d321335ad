package io.fmviz.network.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.fmviz.base.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values that a model holds: its weights, and the small numbers among its operators. */
final class Constants {
  private final Graph graph;
  private final Map<String, ByteBuffer> weights;
  private final Path folder;
  private final Map<String, TensorProto> tensors = new HashMap<>();

  /**
   * The constants of a graph.
   *
   * @param weights the values of the large ones
   * @param folder in which files of external data are
   */
  Constants(Graph graph, Map<String, ByteBuffer> weights, Path folder) {
    this.graph = graph;
    this.weights = weights;
    this.folder = folder;
    graph.proto().getInitializerList().forEach(t -> tensors.putIfAbsent(t.getName(), t));
  }

  /** The initializer that a tensor is, perhaps by way of Identity and Cast; null if it is none. */
  TensorProto initializer(String tensor) {
    TensorProto found = tensors.get(tensor);
    for (int steps = 0; found == null && steps < 8; steps++) {
      Op maker = graph.maker(tensor);
      if (maker == null || !maker.isStandard() || !passesOn(maker.type())) {
        return null;
      }
      tensor = maker.input(0);
      found = tensors.get(tensor);
    }
    return found;
  }

  private static boolean passesOn(String type) {
    return type.equals("Identity") || type.equals("Cast") || type.equals("DequantizeLinear");
  }

  boolean has(String tensor) {
    return initializer(tensor) != null;
  }

  /** How many values; -1 if it is no constant. */
  long size(String tensor) {
    TensorProto found = initializer(tensor);
    return found == null ? -1 : size(found);
  }

  private static long size(TensorProto tensor) {
    long size = 1;
    for (long side : tensor.getDimsList()) {
      if (side < 0 || (side > 0 && size > Long.MAX_VALUE / side)) {
        return -1;
      }
      size *= side;
    }
    return size;
  }

  int[] shape(String tensor) {
    return initializer(tensor).getDimsList().stream().mapToInt(Math::toIntExact).toArray();
  }

  /** Its only value; null if it is no constant of one value. */
  Double scalar(String tensor) {
    if (size(tensor) != 1) {
      return null;
    }
    double[] values = values(initializer(tensor));
    return values.length == 1 ? values[0] : null;
  }

  /** Its values as they are written down; none if it is no constant. */
  double[] values(String tensor) {
    TensorProto found = initializer(tensor);
    return found == null ? new double[0] : values(found);
  }

  /** Its values, as integers become real numbers by the scale of a DequantizeLinear behind it. */
  float[] weight(String tensor) {
    Op maker = graph.maker(tensor);
    if (maker != null && maker.type().equals("Identity")) {
      return weight(maker.input(0));
    }
    double[] values = values(tensor);
    if (maker != null && maker.type().equals("DequantizeLinear")) {
      dequantize(maker, values, shape(tensor));
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private void dequantize(Op op, double[] values, int[] shape) {
    double[] scales = values(op.input(1));
    double[] zeros = values(op.input(2));
    if (scales.length == 0) {
      return;
    }
    int axis = Math.floorMod((int) op.number("axis", 1), Math.max(1, shape.length));
    int inner = 1;
    for (int i = axis + 1; i < shape.length; i++) {
      inner *= shape[i];
    }
    for (int i = 0; i < values.length; i++) {
      int channel = scales.length == 1 ? 0 : i / inner % scales.length;
      values[i] = (values[i] - (zeros.length == 0 ? 0 : zeros[channel])) * scales[channel];
    }
  }

  /** How many of all real numbers are NaN or infinite. */
  long notNumbers() {
    long count = 0;
    for (TensorProto tensor : tensors.values()) {
      ElementType type = ElementType.of(tensor.getDataType());
      ByteBuffer bytes = type.isReal() ? bytes(tensor) : null;
      for (int i = 0; bytes != null && i + type.bytes() <= bytes.limit(); i += type.bytes()) {
        count += Double.isFinite(type.value(bytes, i)) ? 0 : 1;
      }
      if (type.isReal() && bytes == null) {
        count += Arrays.stream(type.fields(tensor)).filter(x -> !Double.isFinite(x)).count();
      }
    }
    return count;
  }

  private double[] values(TensorProto tensor) {
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

  private ByteBuffer bytes(TensorProto tensor) {
    if (weights.containsKey(tensor.getName())) {
      return weights.get(tensor.getName()).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      return external(tensor.getExternalDataList());
    }
    return tensor.hasRawData()
        ? tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN)
        : null;
  }

  private ByteBuffer external(List<StringStringEntryProto> entries) {
    ExternalData data = ExternalData.of(entries);
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
