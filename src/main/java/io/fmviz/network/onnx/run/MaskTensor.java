package io.fmviz.network.onnx.run;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.fmviz.network.onnx.engine.EngineMemory;
import io.fmviz.network.onnx.graph.Mask;
import java.nio.ByteBuffer;
import java.util.Set;

/** Which channels of a tensor are set to zero, the same for all images of a batch. */
final class MaskTensor implements BoundBatch.InputTensor, AutoCloseable {
  private final ByteBuffer values;
  private final OnnxTensor tensor;

  MaskTensor(Mask mask) throws OrtException {
    this.values = ByteBuffer.allocateDirect(mask.shape().get(0));
    this.tensor = EngineMemory.bools(values, mask.sides());
  }

  void set(Set<Integer> channels) {
    for (int c = 0; c < values.capacity(); c++) {
      values.put(c, (byte) (channels.contains(c) ? 1 : 0));
    }
  }

  @Override
  public OnnxTensor at(int step) {
    return tensor;
  }

  @Override
  public void close() {
    tensor.close();
  }
}
