package io.fmviz.network.onnx.run;

import ai.onnxruntime.OrtException;
import io.fmviz.network.Batch;
import io.fmviz.network.onnx.graph.Edit;
import io.fmviz.network.onnx.graph.IntermediateOutput;
import io.fmviz.network.onnx.graph.Mask;
import io.fmviz.network.onnx.layers.LayeredGraph;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The memory of a batch that goes through a network from its beginning.
 *
 * @param bound reads and writes it
 */
record BoundNetwork(BatchTensor images, Map<Mask, MaskTensor> masks, BoundBatch bound)
    implements AutoCloseable {
  /**
   * Memory for a batch.
   *
   * @param edit what is run of the network
   * @param inputs the model's: what only leads past its outputs is left out, with its masks
   * @param outputs shapes without the batch, by name; the edit's other outputs are loose
   */
  static BoundNetwork of(
      LayeredGraph layered,
      Edit edit,
      Set<String> inputs,
      Steps steps,
      Map<String, List<Integer>> outputs)
      throws OrtException {
    BatchTensor images = new BatchTensor(steps, layered.layout().sides());
    Map<String, BoundBatch.InputTensor> bound = new LinkedHashMap<>();
    bound.put(layered.input().output().name(), images);
    Map<Mask, MaskTensor> masks = new LinkedHashMap<>();
    for (Mask mask : edit.masks()) {
      if (inputs.contains(mask.name())) {
        masks.put(mask, new MaskTensor(mask));
        bound.put(mask.name(), masks.get(mask));
      }
    }
    Map<String, BatchTensor> made = new LinkedHashMap<>();
    for (Map.Entry<String, List<Integer>> output : outputs.entrySet()) {
      made.put(output.getKey(), new BatchTensor(steps, output.getValue()));
    }
    Set<String> loose =
        new LinkedHashSet<>(edit.outputs().stream().map(IntermediateOutput::name).toList());
    loose.removeAll(made.keySet());
    return new BoundNetwork(images, masks, new BoundBatch(steps, bound, made, loose));
  }

  /**
   * Puts a batch in.
   *
   * @param off the channels that are zero
   */
  void fill(Batch batch, boolean channelsLast, Map<Mask, Set<Integer>> off) {
    BatchImages.put(batch, images.all(), channelsLast);
    masks.forEach((mask, tensor) -> tensor.set(off.get(mask)));
  }

  BatchTensor output(String name) {
    return bound.outputs().get(name);
  }

  long bytes() {
    return images.bytes() + bound.bytes();
  }

  @Override
  public void close() {
    images.close();
    masks.values().forEach(MaskTensor::close);
    bound.outputs().values().forEach(BatchTensor::close);
  }
}
