package io.fmviz.network.onnx.run;

import ai.onnxruntime.OrtException;
import io.fmviz.base.Exact;
import io.fmviz.network.Node;
import io.fmviz.network.ResumableBatch;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.layers.LayeredGraph;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A batch of which all is kept that what comes after some nodes takes. */
final class ResumableOnnxBatch implements ResumableBatch {
  private final OnnxSession owner;
  private final LayeredGraph layered;
  private final Set<Node> nodes;
  private final KeptSession kept;
  private final BoundNetwork bound;
  private final BoundBatch.Loose loose;

  /**
   * A batch that has gone through.
   *
   * @param nodes whose outputs are held
   * @param kept gets the memory back in the end
   * @param loose what is held beside the bound outputs
   */
  ResumableOnnxBatch(
      OnnxSession owner,
      Set<Node> nodes,
      KeptSession kept,
      BoundNetwork bound,
      BoundBatch.Loose loose) {
    this.owner = owner;
    this.layered = owner.layered();
    this.nodes = Set.copyOf(nodes);
    this.kept = kept;
    this.bound = bound;
    this.loose = loose;
  }

  @Override
  public float[] logits() {
    return layered.logits().map(node -> layered.rows(tensor(node).floats())).orElse(new float[0]);
  }

  @Override
  public float[] output(Node node) {
    return held(node).floats();
  }

  private BatchTensor held(Node node) {
    if (!nodes.contains(node)) {
      throw new IllegalArgumentException(node + " was not held");
    }
    return tensor(node);
  }

  private BatchTensor tensor(Node node) {
    return bound.output(layered.place(node).output().name());
  }

  private Steps steps() {
    return bound.bound().steps();
  }

  @Override
  public float[] after(Node node, float[] output) {
    held(node);
    try (BatchTensor other = new BatchTensor(steps(), node.shape())) {
      // What fills up the last step is never looked at.
      other.all().put(output).clear();
      return after(node, other);
    } catch (OrtException e) {
      throw layered.engine().failed(e);
    }
  }

  private float[] without(Node node, int channel) {
    FloatBuffer all = held(node).all();
    int map = (int) (node.size() / node.channels());
    int images = steps().rows();
    float[] before = new float[images * map];
    float[] zeros = new float[map];
    for (int i = 0; i < images; i++) {
      int at = (i * node.channels() + channel) * map;
      all.get(at, before, i * map, map);
      all.put(at, zeros);
    }
    try {
      return after(node, held(node));
    } finally {
      for (int i = 0; i < images; i++) {
        all.put((i * node.channels() + channel) * map, before, i * map, map);
      }
    }
  }

  private float[] after(Node node, BatchTensor output) {
    if (layered.logits().filter(node::equals).isPresent()) {
      return layered.rows(output.floats());
    }
    Optional<Suffix> suffix = owner.suffix(node);
    return suffix.isEmpty()
        ? logits()
        : run(suffix.get(), node, steps(), output, others(suffix.get()));
  }

  private float[] run(
      Suffix suffix,
      Node node,
      Steps steps,
      BoundBatch.InputTensor output,
      Map<String, BoundBatch.InputTensor> others) {
    Map<String, BoundBatch.InputTensor> inputs = new LinkedHashMap<>(others);
    inputs.put(layered.place(node).output().name(), output);
    Node last = layered.logits().orElseThrow();
    String name = layered.place(last).output().name();
    try (BatchTensor logits = new BatchTensor(steps, last.shape())) {
      owner.run(suffix.edit(), new BoundBatch(steps, inputs, Map.of(name, logits), Set.of()));
      return layered.rows(logits.floats());
    } catch (OrtException e) {
      throw layered.engine().failed(e);
    }
  }

  /** What goes into a suffix beside the node's output. */
  private Map<String, BoundBatch.InputTensor> others(Suffix suffix) {
    Map<String, BoundBatch.InputTensor> others = new LinkedHashMap<>();
    for (String tensor : suffix.others()) {
      if (isImages(tensor)) {
        others.put(layered.input().output().name(), bound.images());
      } else {
        BatchTensor made = bound.output(tensor);
        others.put(tensor, made == null ? loose.output(tensor) : made);
      }
    }
    return others;
  }

  @Override
  public float[] withoutEach(Node node, int first, int count) {
    Suffix suffix = owner.suffix(node).orElse(null);
    if (suffix == null || count == 1 || !canRepeat(suffix)) {
      return oneByOne(node, first, count);
    }
    try (Copies copies = new Copies(held(node), steps().images(), count)) {
      Map<String, BoundBatch.InputTensor> others = new LinkedHashMap<>();
      for (Map.Entry<String, BoundBatch.InputTensor> other : others(suffix).entrySet()) {
        others.put(other.getKey(), copies.of(other.getValue().at(0)));
      }
      return run(suffix, node, copies.steps(), copies.without(node, first), others);
    } catch (OrtException e) {
      throw layered.engine().failed(e);
    }
  }

  /** Whether several batches can go in as one: all that goes in has a row for each image. */
  private boolean canRepeat(Suffix suffix) {
    return layered.found().batch() == 0
        && suffix.others().stream().allMatch(tensor -> isImages(tensor) || hasRows(tensor));
  }

  private boolean hasRows(String tensor) {
    return layered.found().tensors().containsKey(tensor)
        && layered.found().types().get(tensor) == ElementType.FLOAT;
  }

  private boolean isImages(String tensor) {
    return tensor.equals(layered.input().output().tensor());
  }

  @Override
  public boolean isSameAlone() {
    return true;
  }

  private float[] oneByOne(Node node, int first, int count) {
    int each = logits().length;
    float[] logits = new float[Exact.product(count, each)];
    for (int i = 0; i < count; i++) {
      System.arraycopy(without(node, first + i), 0, logits, i * each, each);
    }
    return logits;
  }

  @Override
  public void close() {
    loose.close();
    kept.giveBack(bound);
  }
}
