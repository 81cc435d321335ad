package io.fmviz.network.onnx.run;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.fmviz.base.Exact;
import io.fmviz.network.Batch;
import io.fmviz.network.onnx.engine.Engine;
import io.fmviz.network.onnx.engine.EngineMemory;
import io.fmviz.network.onnx.graph.Mask;
import io.fmviz.network.onnx.layers.LayeredGraph;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model with some outputs, and the memory of a batch: the engine reads the images and writes its
 * outputs where they are looked at. Where the model takes a batch of its own size only, it runs
 * several times.
 */
final class Running implements AutoCloseable {
  private final Engine engine;
  private final OnnxSession owner;
  private final OrtSession session;
  private final String inputName;
  private final int size;
  private final BatchInput input;
  private final Map<String, FloatBuffer> outputs = new LinkedHashMap<>();
  private final List<Pass> passes = new ArrayList<>();

  /** What goes in and comes out at once. */
  private record Pass(OnnxTensor images, Map<String, OnnxTensor> outputs) {}

  /**
   * A session and its memory, for batches of a size.
   *
   * @param owner says when to stop
   * @param session is closed with this
   * @param outputs shapes without the batch, by name
   */
  Running(OnnxSession owner, OrtSession session, Map<String, List<Integer>> outputs, int size) {
    this.owner = owner;
    LayeredGraph layered = owner.layered();
    this.engine = layered.engine();
    this.session = session;
    this.inputName = layered.input().tap().name();
    this.size = size;
    int step = layered.found().batch() == 0 ? size : layered.found().batch();
    int count = (size + step - 1) / step;
    this.input = BatchInput.of(count * step, layered.layout());
    outputs.forEach(
        (name, shape) ->
            this.outputs.put(
                name, EngineMemory.floats(Exact.product(count, step, Exact.product(shape)))));
    try {
      for (int i = 0; i < count; i++) {
        passes.add(pass(i * step, step, layered.layout().sides(), outputs));
      }
    } catch (OrtException e) {
      throw engine.failed(e);
    }
  }

  private Pass pass(int first, int step, List<Integer> sides, Map<String, List<Integer>> shapes)
      throws OrtException {
    Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
    for (Map.Entry<String, FloatBuffer> output : outputs.entrySet()) {
      pinned.put(
          output.getKey(),
          EngineMemory.tensor(output.getValue(), first, step, shapes.get(output.getKey())));
    }
    return new Pass(EngineMemory.tensor(input.floats(), first, step, sides), pinned);
  }

  int size() {
    return size;
  }

  /**
   * Runs a batch.
   *
   * @param masks the channels that are zero
   */
  void run(Batch batch, Map<Mask, Set<Integer>> masks) {
    input.fill(batch);
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    try {
      for (Map.Entry<Mask, Set<Integer>> mask : masks.entrySet()) {
        // What only leads past the outputs is left out, and its mask too.
        if (session.getInputNames().contains(mask.getKey().name())) {
          inputs.put(
              mask.getKey().name(), EngineMemory.mask(mask.getKey().sides(), mask.getValue()));
        }
      }
      for (Pass pass : passes) {
        inputs.put(inputName, pass.images());
        session.run(inputs, Set.of(), pass.outputs(), owner.options()).close();
      }
    } catch (OrtException e) {
      throw engine.failed(e);
    } finally {
      inputs.remove(inputName);
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  /** What an output has for the batch, row by row. */
  FloatBuffer output(String name) {
    FloatBuffer all = outputs.get(name);
    int values = all.capacity() / (input.floats().capacity() / BatchInput.size(input.layout()));
    return all.slice(0, Exact.product(size, values));
  }

  void release() {
    for (Pass pass : passes) {
      pass.images().close();
      pass.outputs().values().forEach(OnnxTensor::close);
    }
    passes.clear();
  }

  OrtSession session() {
    return session;
  }

  @Override
  public void close() {
    release();
    try {
      session.close();
    } catch (OrtException e) {
      throw engine.failed(e);
    }
  }
}
