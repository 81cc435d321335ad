package io.fmviz.network.onnx.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.fmviz.base.Exact;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.file.Values;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The values that a model holds: its weights, and the small numbers among its operators. */
public final class Constants {
  private final Graph graph;
  private final GraphWalk walk;
  private final Values values;
  private final Map<String, TensorProto> tensors = new HashMap<>();
  private final Map<String, TensorProto> computed = new HashMap<>();

  /**
   * The constants of a graph.
   *
   * @param weights the values of the large ones
   * @param folder in which files of external data are
   */
  public Constants(Graph graph, Map<String, ByteBuffer> weights, Path folder) {
    this.graph = graph;
    this.walk = new GraphWalk(graph);
    this.values = new Values(weights, folder);
    graph.proto().getInitializerList().forEach(t -> tensors.putIfAbsent(t.getName(), t));
  }

  /** Adds what operators make of constants, under the names of their outputs. */
  public void addComputed(List<TensorProto> made) {
    made.forEach(tensor -> computed.put(tensor.getName(), tensor));
  }

  /** Whether a tensor is a constant of the file's, under its own name. */
  public boolean isHeld(String tensor) {
    return tensors.containsKey(tensor);
  }

  private boolean isKnown(String tensor) {
    return isHeld(tensor) || computed.containsKey(tensor);
  }

  /**
   * The tensors of the file that a constant is made of: itself, or what operators make it of,
   * without single numbers and what describes shapes.
   */
  public Set<String> sources(String tensor) {
    String found = walk.back(tensor, op -> op.operator().passing().keepsConstants(), this::isKnown);
    if (isHeld(found)) {
      return Set.of(tensor);
    }
    Set<String> sources = new LinkedHashSet<>();
    for (Op op : walk.before(List.of(found), Set.of())) {
      op.reads().stream()
          .filter(read -> isHeld(read) && size(read) > 1 && isOfWeights(tensors.get(read)))
          .forEach(sources::add);
    }
    return sources;
  }

  private static boolean isOfWeights(TensorProto tensor) {
    ElementType type = ElementType.of(tensor.getDataType());
    return type.isReal() || type.isQuantized();
  }

  /** The constant that a tensor is, perhaps by way of what passes it on; null if it is none. */
  public TensorProto initializer(String tensor) {
    String found = walk.back(tensor, op -> op.operator().passing().keepsConstants(), this::isKnown);
    return tensors.getOrDefault(found, computed.get(found));
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

  /** Whether it is a constant of real numbers, or of integers that stand for some. */
  public boolean isReal(String tensor) {
    TensorProto found = initializer(tensor);
    Op dequantizer = found == null ? null : dequantizer(tensor);
    return dequantizer == null
        ? found != null && ElementType.of(found.getDataType()).isReal()
        : has(dequantizer.input(1))
            && (dequantizer.input(2).isEmpty() || has(dequantizer.input(2)));
  }

  /** Its only value; null if it is no constant of one value. */
  public Double scalar(String tensor) {
    if (size(tensor) != 1) {
      return null;
    }
    double[] all = values(tensor);
    return all.length == 1 ? all[0] : null;
  }

  /**
   * Its values, integers as the real numbers that they stand for where a DequantizeLinear is on the
   * way; none if it is no constant, or what they stand for is only known while the network runs.
   */
  public double[] values(String tensor) {
    TensorProto found = initializer(tensor);
    if (found == null) {
      return new double[0];
    }
    double[] all = values.of(found);
    Op dequantizer = dequantizer(tensor);
    return dequantizer == null ? all : dequantized(dequantizer, all, shape(tensor));
  }

  /** Its values as float32. */
  public float[] floats(String tensor) {
    double[] all = values(tensor);
    float[] floats = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      floats[i] = (float) all[i];
    }
    return floats;
  }

  /** The operator by which a constant's integers become real numbers; null for none. */
  private Op dequantizer(String tensor) {
    String found = walk.back(tensor, op -> op.operator().passing().keepsValues(), this::isKnown);
    Op maker = isKnown(found) ? null : graph.maker(found);
    return maker != null && maker.operator().passing() == Passing.SCALED ? maker : null;
  }

  private double[] dequantized(Op op, double[] integers, int[] shape) {
    double[] scales = values(op.input(1));
    double[] zeros = op.input(2).isEmpty() ? new double[scales.length] : values(op.input(2));
    int axis = (int) op.number("axis", 1);
    return scaled(
        integers, shape, new Scale(scales, zeros, axis, (int) op.number("block_size", 0)));
  }

  /**
   * By what integers stand for real numbers: (integer - zero) times scale.
   *
   * @param scales one for all, one for each place along an axis, or one for each block of these
   * @param zeros as many
   * @param blockSize how many places are a block; 0 for none
   */
  public record Scale(double[] scales, double[] zeros, int axis, int blockSize) {}

  /** Real numbers; none where there aren't as many scales as are needed. */
  public static double[] scaled(double[] integers, int[] shape, Scale by) {
    int axis = Math.floorMod(by.axis(), Math.max(1, shape.length));
    int side = shape.length == 0 ? 1 : shape[axis];
    int inner =
        Exact.product(Arrays.copyOfRange(shape, Math.min(axis + 1, shape.length), shape.length));
    int block = by.blockSize();
    int blocks = block == 0 ? 0 : (side + block - 1) / block;
    double[] reals = new double[integers.length];
    for (int i = 0; i < reals.length; i++) {
      int row = i / inner;
      int place = row % side;
      int inBlocks = block == 0 ? place : (row / side * blocks + place / block) * inner + i % inner;
      int at = by.scales().length == 1 ? 0 : inBlocks;
      if (at >= by.scales().length || at >= by.zeros().length) {
        return new double[0];
      }
      reals[i] = (integers[i] - by.zeros()[at]) * by.scales()[at];
    }
    return reals;
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
