package io.fmviz.network.onnx.run;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a batch is bound to on its way through a model, a whole network or a part: the engine reads
 * its inputs where they are and writes its outputs where they are looked at.
 *
 * @param outputs float32 of known shapes, by name
 * @param loose names of other outputs, for which the engine has memory of its own
 */
record BoundBatch(
    Steps steps,
    Map<String, InputTensor> inputs,
    Map<String, BatchTensor> outputs,
    Set<String> loose) {
  /** What goes in. */
  @FunctionalInterface
  interface InputTensor {
    OnnxTensor at(int step);
  }

  /**
   * Runs a batch.
   *
   * @return the loose outputs of each step, to be closed
   */
  Loose run(OrtSession session, OrtSession.RunOptions options) throws OrtException {
    Loose results = new Loose(new ArrayList<>());
    try {
      for (int step = 0; step < steps.count(); step++) {
        results.steps().add(session.run(at(step, inputs), loose, at(step, outputs), options));
      }
      return results;
    } catch (OrtException e) {
      results.close();
      throw e;
    }
  }

  private static Map<String, OnnxTensor> at(int step, Map<String, ? extends InputTensor> all) {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    all.forEach((name, one) -> tensors.put(name, one.at(step)));
    return tensors;
  }

  long bytes() {
    return outputs.values().stream().mapToLong(BatchTensor::bytes).sum();
  }

  /** Outputs in the engine's own memory. */
  record Loose(List<OrtSession.Result> steps) implements AutoCloseable {
    InputTensor output(String name) {
      return step -> (OnnxTensor) steps.get(step).get(name).orElseThrow();
    }

    @Override
    public void close() {
      steps.forEach(OrtSession.Result::close);
    }
  }
}
