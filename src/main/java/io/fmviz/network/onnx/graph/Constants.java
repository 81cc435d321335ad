package io.fmviz.network.onnx.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.fmviz.base.Exact;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.file.Values;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The values that a model holds: its weights, and the small numbers among its operators. */
public final class Constants {
  private final Graph graph;
  private final Values values;
  private final Map<String, TensorProto> tensors = new HashMap<>();

  /**
   * The constants of a graph.
   *
   * @param weights the values of the large ones
   * @param folder in which files of external data are
   */
  public Constants(Graph graph, Map<String, ByteBuffer> weights, Path folder) {
    this.graph = graph;
    this.values = new Values(weights, folder);
    graph.proto().getInitializerList().forEach(t -> tensors.putIfAbsent(t.getName(), t));
  }

  /** The initializer that a tensor is, perhaps by way of Identity and Cast; null if it is none. */
  public TensorProto initializer(String tensor) {
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

  public boolean has(String tensor) {
    return initializer(tensor) != null;
  }

  /** How many values; -1 if it is no constant. */
  public long size(String tensor) {
    TensorProto found = initializer(tensor);
    return found == null ? -1 : Values.size(found);
  }

  public int[] shape(String tensor) {
    return initializer(tensor).getDimsList().stream().mapToInt(Math::toIntExact).toArray();
  }

  /** Its only value; null if it is no constant of one value. */
  public Double scalar(String tensor) {
    if (size(tensor) != 1) {
      return null;
    }
    double[] all = values.of(initializer(tensor));
    return all.length == 1 ? all[0] : null;
  }

  /** Its values as they are written down; none if it is no constant. */
  public double[] values(String tensor) {
    TensorProto found = initializer(tensor);
    return found == null ? new double[0] : values.of(found);
  }

  /** Its values, as integers become real numbers by the scale of a DequantizeLinear behind it. */
  public float[] weight(String tensor) {
    Op maker = graph.maker(tensor);
    while (maker != null && maker.type().equals("Identity")) {
      tensor = maker.input(0);
      maker = graph.maker(tensor);
    }
    double[] all = values(tensor);
    if (maker != null && maker.type().equals("DequantizeLinear")) {
      dequantize(maker, all, shape(tensor));
    }
    float[] floats = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      floats[i] = (float) all[i];
    }
    return floats;
  }

  private void dequantize(Op op, double[] all, int[] shape) {
    double[] scales = values(op.input(1));
    double[] zeros = values(op.input(2));
    if (scales.length == 0) {
      return;
    }
    int axis = Math.floorMod((int) op.number("axis", 1), Math.max(1, shape.length));
    int inner =
        Exact.product(Arrays.copyOfRange(shape, Math.min(axis + 1, shape.length), shape.length));
    for (int i = 0; i < all.length; i++) {
      int channel = scales.length == 1 ? 0 : i / inner % scales.length;
      all[i] = (all[i] - (zeros.length == 0 ? 0 : zeros[channel])) * scales[channel];
    }
  }

  /** How many of all real numbers are NaN or infinite. */
  public long notNumbers() {
    long count = 0;
    for (TensorProto tensor : tensors.values()) {
      ElementType type = ElementType.of(tensor.getDataType());
      ByteBuffer bytes = type.isReal() ? values.bytes(tensor) : null;
      for (int i = 0; bytes != null && i + type.bytes() <= bytes.limit(); i += type.bytes()) {
        count += Double.isFinite(type.value(bytes, i)) ? 0 : 1;
      }
      if (type.isReal() && bytes == null) {
        count += Arrays.stream(type.fields(tensor)).filter(x -> !Double.isFinite(x)).count();
      }
    }
    return count;
  }
}
