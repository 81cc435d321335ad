package io.fmviz.network.onnx.run;

import ai.onnxruntime.OrtException;
import io.fmviz.network.Batch;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.ResumableBatch;
import io.fmviz.network.Session;
import io.fmviz.network.onnx.engine.Engine;
import io.fmviz.network.onnx.graph.Edit;
import io.fmviz.network.onnx.graph.IntermediateOutput;
import io.fmviz.network.onnx.graph.Mask;
import io.fmviz.network.onnx.layers.LayeredGraph;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A network on ONNX Runtime. What goes in and comes out is fixed when a model is loaded: there is
 * one for each choice of nodes, and of layers that have channels off, and the last ones stay.
 */
public final class OnnxSession implements Session {
  /**
   * As it is, and with channels off, now and before. The engine has a model's weights once more,
   * and memory for what lies between its layers.
   */
  private static final KeptSessions.Bounds NETWORKS = new KeptSessions.Bounds(3, 256L << 20);

  /** The suffixes of all layers of most networks. */
  private static final KeptSessions.Bounds SUFFIXES = new KeptSessions.Bounds(64, 256L << 20);

  private final Network network;
  private final LayeredGraph layered;
  private final KeptSessions networks;
  private final KeptSessions holding;
  private final Map<Node, Optional<Suffix>> suffixes = new HashMap<>();
  private Set<Node> held = Set.of();

  /**
   * A session of its own memory.
   *
   * @param network what people know it as
   * @param layered what runs
   */
  public OnnxSession(Network network, LayeredGraph layered, int threads) {
    this(
        network,
        layered,
        bounds ->
            new KeptSessions(
                layered,
                model -> layered.engine().session(model, new Engine.Mode(threads, true)),
                bounds));
  }

  OnnxSession(
      Network network, LayeredGraph layered, Function<KeptSessions.Bounds, KeptSessions> keeping) {
    this.network = network;
    this.layered = layered;
    this.networks = keeping.apply(NETWORKS);
    this.holding = keeping.apply(SUFFIXES);
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public String device() {
    return "cpu";
  }

  LayeredGraph layered() {
    return layered;
  }

  @Override
  public float[] run(
      Batch batch, Map<Node, Set<Integer>> off, Set<Node> chosen, Listener listener) {
    batch.requireFor(network);
    chosen.forEach(layered::place);
    if (chosen.isEmpty() && layered.logits().isEmpty()) {
      return new float[0];
    }
    networks.terminate(false);
    Map<Mask, Set<Integer>> masks = masks(off);
    Edit edit = edit(chosen).withMasks(masks.keySet());
    KeptSession kept = networks.of(edit);
    BoundNetwork bound = bound(kept, edit, chosen, batch.size());
    try {
      bound.fill(batch, layered.layout().channelsLast(), masks);
      networks.run(kept, bound.bound()).close();
      for (Node node : ordered(chosen)) {
        listener.heard(node, output(bound, node).ofImages());
      }
      return layered
          .logits()
          .map(node -> layered.rows(output(bound, node).floats()))
          .orElse(new float[0]);
    } finally {
      kept.giveBack(bound);
    }
  }

  private BatchTensor output(BoundNetwork bound, Node node) {
    return bound.output(layered.place(node).output().name());
  }

  /** In the network's order: the same layers make the same model. */
  private Map<Mask, Set<Integer>> masks(Map<Node, Set<Integer>> off) {
    Map<Mask, Set<Integer>> masks = new LinkedHashMap<>();
    for (Node node : ordered(off.keySet())) {
      Mask mask = Mask.of(layered.place(node).output(), node.name(), node.shape());
      masks.put(mask, off.get(node));
    }
    return masks;
  }

  /** In the network's order: the same nodes make the same model. */
  private List<Node> ordered(Set<Node> chosen) {
    return layered.layers().nodes().stream().filter(chosen::contains).toList();
  }

  /** Some nodes and the logits. */
  private List<Node> outputs(Set<Node> chosen) {
    Set<Node> outputs = new LinkedHashSet<>(chosen);
    layered.logits().ifPresent(outputs::add);
    return ordered(outputs);
  }

  private Edit edit(Set<Node> chosen) {
    List<IntermediateOutput> intermediate =
        outputs(chosen).stream().map(node -> layered.place(node).output()).toList();
    return Edit.NONE.withOutputs(intermediate).withInputs(List.of(layered.input()));
  }

  private BoundNetwork bound(KeptSession kept, Edit edit, Set<Node> chosen, int images) {
    try {
      return kept.take(
          Steps.of(images, layered.found().batch()),
          (steps, inputs) -> BoundNetwork.of(layered, edit, inputs, steps, shapes(chosen)));
    } catch (OrtException e) {
      throw layered.engine().failed(e);
    }
  }

  private Map<String, List<Integer>> shapes(Set<Node> chosen) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    outputs(chosen).forEach(node -> shapes.put(layered.place(node).output().name(), node.shape()));
    return shapes;
  }

  @Override
  public ResumableBatch resumable(Batch batch, Set<Node> chosen) {
    batch.requireFor(network);
    chosen.forEach(layered::place);
    holding.terminate(false);
    if (!chosen.equals(held)) {
      // Whoever goes from node to node has no more use for it.
      holding.forget();
      held = Set.copyOf(chosen);
    }
    Edit edit = holding(chosen);
    KeptSession kept = holding.of(edit);
    BoundNetwork bound = bound(kept, edit, chosen, batch.size());
    try {
      bound.fill(batch, layered.layout().channelsLast(), Map.of());
      return new ResumableOnnxBatch(this, chosen, kept, bound, holding.run(kept, bound.bound()));
    } catch (RuntimeException e) {
      kept.giveBack(bound);
      throw e;
    }
  }

  /** What makes the outputs of some nodes, and all else that goes into what comes after them. */
  private Edit holding(Set<Node> chosen) {
    Edit edit = edit(chosen);
    Map<String, IntermediateOutput> outputs = new LinkedHashMap<>();
    edit.outputs().forEach(output -> outputs.put(output.name(), output));
    for (Node node : ordered(chosen)) {
      List<String> others = suffix(node).map(Suffix::others).orElse(List.of());
      others.forEach(name -> outputs.putIfAbsent(name, IntermediateOutput.asIs(name)));
    }
    outputs.remove(layered.input().output().tensor());
    return edit.withOutputs(outputs.values());
  }

  /** What comes after a node; nothing where that is not the logits. */
  Optional<Suffix> suffix(Node node) {
    return suffixes.computeIfAbsent(node, one -> Suffix.of(layered, one));
  }

  /** Runs a part of the network. */
  void run(Edit edit, BoundBatch bound) {
    holding.run(holding.of(edit), bound).close();
  }

  @Override
  public void stop() {
    networks.terminate(true);
    holding.terminate(true);
  }

  @Override
  public void rest() {
    networks.forget();
    holding.forget();
  }

  @Override
  public void close() {
    networks.close();
    holding.close();
  }
}
