package io.fmviz.network.onnx.run;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.fmviz.base.Exact;
import io.fmviz.network.Node;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A held batch several times over, so that in each copy another channel of a node is zero. */
final class Copies implements AutoCloseable {
  private final FloatBuffer original;
  private final int images;
  private final int count;
  private final List<BatchTensor> made = new ArrayList<>();

  /**
   * Copies of a batch.
   *
   * @param original the node's output
   */
  Copies(BatchTensor original, int images, int count) {
    this.original = original.all();
    this.images = images;
    this.count = count;
  }

  /** All go through at once. */
  Steps steps() {
    return Steps.of(Exact.product(images, count), 0);
  }

  /** A tensor with a row for each image, in each copy the same. */
  BatchTensor of(OnnxTensor tensor) throws OrtException {
    FloatBuffer values = tensor.getFloatBuffer();
    BatchTensor copies = add(sides(tensor));
    for (int i = 0; i < count; i++) {
      copies.all().put(i * values.capacity(), values, 0, values.capacity());
    }
    return copies;
  }

  private static List<Integer> sides(OnnxTensor tensor) {
    long[] shape = tensor.getInfo().getShape();
    return Arrays.stream(shape).skip(1).mapToObj(Math::toIntExact).toList();
  }

  /** The node's output, without a channel in the first copy, without the next one in the next. */
  BatchTensor without(Node node, int first) throws OrtException {
    BatchTensor copies = add(node.shape());
    int map = (int) (node.size() / node.channels());
    float[] zeros = new float[map];
    for (int i = 0; i < count; i++) {
      int at = i * original.capacity();
      copies.all().put(at, original, 0, original.capacity());
      for (int image = 0; image < images; image++) {
        copies.all().put(at + (image * node.channels() + first + i) * map, zeros);
      }
    }
    return copies;
  }

  private BatchTensor add(List<Integer> shape) throws OrtException {
    BatchTensor tensor = new BatchTensor(steps(), shape);
    made.add(tensor);
    return tensor;
  }

  @Override
  public void close() {
    made.forEach(BatchTensor::close);
  }
}
