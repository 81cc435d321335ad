package io.fmviz.network.onnx.run;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.fmviz.base.Exact;
import io.fmviz.network.onnx.engine.EngineMemory;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** The float32 values that a batch has of one tensor, where the engine reads and writes them. */
final class BatchTensor implements BoundBatch.InputTensor, AutoCloseable {
  private final Steps steps;
  private final FloatBuffer all;
  private final List<OnnxTensor> parts = new ArrayList<>();

  /**
   * Zeros.
   *
   * @param shape of one image's values
   */
  BatchTensor(Steps steps, List<Integer> shape) throws OrtException {
    this.steps = steps;
    this.all = EngineMemory.floats(Exact.product(steps.rows(), Exact.product(shape)));
    for (int i = 0; i < steps.count(); i++) {
      parts.add(EngineMemory.tensor(all, i * steps.size(), steps.size(), shape));
    }
  }

  @Override
  public OnnxTensor at(int step) {
    return parts.get(step);
  }

  /** All values, row by row, those that fill up the last step too. */
  FloatBuffer all() {
    return all;
  }

  /** The images' values, row by row. */
  FloatBuffer ofImages() {
    return all.slice(0, Exact.product(all.capacity() / steps.rows(), steps.images()));
  }

  /** A copy of the images' values. */
  float[] floats() {
    FloatBuffer values = ofImages();
    float[] floats = new float[values.remaining()];
    values.get(floats);
    return floats;
  }

  long bytes() {
    return (long) Float.BYTES * all.capacity();
  }

  @Override
  public void close() {
    parts.forEach(OnnxTensor::close);
  }
}
