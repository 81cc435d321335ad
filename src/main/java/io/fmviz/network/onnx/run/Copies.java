package io.fmviz.network.onnx.run;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.fmviz.base.Exact;
import io.fmviz.network.Node;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A held batch several times over, so that in each copy another channel of a node is zero. */
final class Copies implements AutoCloseable {
  /** The values of the largest tensor in all copies: 16 MB. */
  private static final long MOST_VALUES = 1 << 22;

  private static final int MOST = 32;

  private final Node node;
  private final FloatBuffer original;
  private final int images;
  private final Steps all;
  private final BatchTensor output;
  private final Map<String, BoundBatch.Input> others = new LinkedHashMap<>();
  private final List<BatchTensor> made = new ArrayList<>();

  /**
   * Copies of what goes into a suffix.
   *
   * @param output the node's
   * @param others what else goes in, with a row for each image
   */
  Copies(
      Node node, BatchTensor output, Map<String, BoundBatch.Input> others, int images, int copies)
      throws OrtException {
    this.node = node;
    this.original = output.all();
    this.images = images;
    this.all = new Steps(copies * images, copies * images);
    this.output = add(node.shape());
    for (Map.Entry<String, BoundBatch.Input> other : others.entrySet()) {
      this.others.put(other.getKey(), repeated(other.getValue().at(0)));
    }
  }

  /**
   * How many fit into memory, so that a number of channels goes through in about equal parts.
   *
   * @param values of the largest tensor in one copy
   */
  static int fitting(int channels, long values) {
    long most = Math.max(1, Math.min(MOST, MOST_VALUES / values));
    long parts = Math.max(1, (channels + most - 1) / most);
    return (int) ((channels + parts - 1) / parts);
  }

  /** Whether there is a row for each image in all that goes in. */
  static boolean canBeMade(Collection<BoundBatch.Input> inputs, int images) {
    for (BoundBatch.Input input : inputs) {
      OnnxTensor tensor = input.at(0);
      long[] shape = tensor.getInfo().getShape();
      if (tensor.getInfo().type != OnnxJavaType.FLOAT || shape.length == 0 || shape[0] != images) {
        return false;
      }
    }
    return true;
  }

  private BatchTensor add(List<Integer> shape) throws OrtException {
    BatchTensor tensor = new BatchTensor(all, shape);
    made.add(tensor);
    return tensor;
  }

  private BatchTensor repeated(OnnxTensor other) throws OrtException {
    long[] shape = other.getInfo().getShape();
    List<Integer> sides = Arrays.stream(shape).skip(1).mapToObj(Math::toIntExact).toList();
    BatchTensor repeated = add(sides);
    FloatBuffer values = other.getFloatBuffer();
    while (repeated.all().hasRemaining()) {
      repeated.all().put(values.rewind());
    }
    repeated.all().clear();
    return repeated;
  }

  /** Sets a channel to zero in each copy, the next one in the next. */
  void zero(int first, int channels) {
    int map = (int) (node.size() / node.channels());
    float[] zeros = new float[map];
    for (int i = 0; i < channels; i++) {
      int at = i * original.capacity();
      output.all().put(at, original, 0, original.capacity());
      for (int image = 0; image < images; image++) {
        int channel = image * node.channels() + first + i;
        output.all().put(at + Exact.product(channel, map), zeros);
      }
    }
  }

  /** The steps of some of the copies: one, whatever is in the others. */
  Steps steps(int copies) {
    return new Steps(copies * images, all.size());
  }

  BatchTensor output() {
    return output;
  }

  Map<String, BoundBatch.Input> others() {
    return others;
  }

  @Override
  public void close() {
    made.forEach(BatchTensor::close);
  }
}
