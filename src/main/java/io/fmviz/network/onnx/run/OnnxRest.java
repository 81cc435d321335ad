package io.fmviz.network.onnx.run;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.fmviz.base.Exact;
import io.fmviz.network.Node;
import io.fmviz.network.Rest;
import io.fmviz.network.onnx.engine.EngineMemory;
import io.fmviz.network.onnx.layers.LayeredGraph;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A batch of which the engine keeps what the rest of the network takes. */
final class OnnxRest implements Rest {
  private final LayeredGraph layered;
  private final Tails tails;
  private final List<Pass> passes;
  private final Sizes sizes;
  private final Map<Node, FloatBuffer> outputs = new HashMap<>();

  /** What went in at once, and what came of it. */
  record Pass(OnnxTensor images, OrtSession.Result result) {
    void close() {
      result.close();
      images.close();
    }
  }

  /**
   * How many images there are.
   *
   * @param step how many go in at once
   */
  record Sizes(int batch, int step) {}

  OnnxRest(LayeredGraph layered, Tails tails, List<Pass> passes, Sizes sizes) {
    this.layered = layered;
    this.tails = tails;
    this.passes = passes;
    this.sizes = sizes;
  }

  @Override
  public float[] logits() {
    return layered.logits().map(node -> floats(filled(node))).orElse(new float[0]);
  }

  @Override
  public float[] output(Node node) {
    return floats(held(node));
  }

  private float[] floats(FloatBuffer all) {
    int values = all.capacity() / (sizes.step() * passes.size());
    float[] floats = new float[Exact.product(values, sizes.batch())];
    all.duplicate().clear().get(floats);
    return floats;
  }

  private FloatBuffer held(Node node) {
    if (!tails.has(node)) {
      throw new IllegalArgumentException(node + " was not held");
    }
    return outputs.computeIfAbsent(node, this::filled);
  }

  /** A copy of all that a node made. */
  private FloatBuffer filled(Node node) {
    FloatBuffer all = EngineMemory.floats(Exact.product(node.size(), sizes.step(), passes.size()));
    for (Pass pass : passes) {
      String name = layered.place(node).tap().name();
      all.put(((OnnxTensor) pass.result().get(name).orElseThrow()).getFloatBuffer());
    }
    return all.clear();
  }

  @Override
  public float[] after(Node node, float[] output) {
    FloatBuffer all = EngineMemory.floats(Exact.product(node.size(), sizes.step(), passes.size()));
    held(node);
    all.put(output);
    // What fills up the last pass is never looked at.
    return after(node, all.clear());
  }

  @Override
  public float[] without(Node node, int channel) {
    FloatBuffer all = held(node);
    int map = (int) (node.size() / node.channels());
    int images = sizes.step() * passes.size();
    float[] kept = new float[images * map];
    float[] zeros = new float[map];
    for (int i = 0; i < images; i++) {
      int at = (i * node.channels() + channel) * map;
      all.get(at, kept, i * map, map);
      all.put(at, zeros);
    }
    try {
      return after(node, all);
    } finally {
      for (int i = 0; i < images; i++) {
        all.put((i * node.channels() + channel) * map, kept, i * map, map);
      }
    }
  }

  @Override
  public float[] withoutEach(Node node, int first, int count) {
    if (sizes.batch() != 1 || !tails.takesSeveral(node)) {
      return Rest.super.withoutEach(node, first, count);
    }
    FloatBuffer one = held(node);
    int map = (int) (node.size() / node.channels());
    FloatBuffer all = EngineMemory.floats(Exact.product(node.size(), count));
    for (int i = 0; i < count; i++) {
      all.put(one.duplicate().clear());
      all.put((i * node.channels() + first + i) * map, new float[map]);
    }
    float[] logits = new float[Exact.product(count, layered.classes())];
    try (OnnxTensor part = EngineMemory.tensor(all.clear(), 0, count, node.shape());
        OrtSession.Result result = tails.run(node, part, passes.get(0))) {
      ((OnnxTensor) result.get(0)).getFloatBuffer().get(logits);
      return logits;
    } catch (OrtException e) {
      throw layered.engine().failed(e);
    }
  }

  private float[] after(Node node, FloatBuffer all) {
    if (layered.logits().filter(node::equals).isPresent()) {
      return floats(all);
    }
    if (layered.logits().isEmpty() || !tails.reachesLogits(node)) {
      return logits();
    }
    int classes = layered.classes();
    float[] logits = new float[Exact.product(sizes.batch(), classes)];
    try {
      for (int i = 0; i < passes.size(); i++) {
        int first = i * sizes.step();
        int count = Math.min(sizes.step(), sizes.batch() - first);
        try (OnnxTensor part = EngineMemory.tensor(all, first, sizes.step(), node.shape());
            OrtSession.Result result = tails.run(node, part, passes.get(i))) {
          ((OnnxTensor) result.get(0))
              .getFloatBuffer()
              .get(logits, first * classes, Exact.product(count, classes));
        }
      }
    } catch (OrtException e) {
      throw layered.engine().failed(e);
    }
    return logits;
  }

  @Override
  public void close() {
    passes.forEach(Pass::close);
  }
}
