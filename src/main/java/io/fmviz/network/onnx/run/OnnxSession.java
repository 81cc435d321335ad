package io.fmviz.network.onnx.run;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.fmviz.base.UserException;
import io.fmviz.network.Batch;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Rest;
import io.fmviz.network.Session;
import io.fmviz.network.onnx.engine.Engine;
import io.fmviz.network.onnx.file.Structure;
import io.fmviz.network.onnx.graph.Edit;
import io.fmviz.network.onnx.graph.Mask;
import io.fmviz.network.onnx.layers.LayeredGraph;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network on ONNX Runtime. Which tensors are its outputs is fixed when a model is loaded: it is
 * loaded anew when other nodes are chosen, and stays while they are the same.
 */
public final class OnnxSession implements Session {
  private final Network network;
  private final LayeredGraph layered;
  private final int threads;
  private final OrtSession.RunOptions options;
  private Set<Node> listenedTo;
  private Set<Node> masked = Set.of();
  private Running running;
  private Tails tails;

  /**
   * A session of its own memory.
   *
   * @param network what people know it as
   * @param layered what runs
   */
  public OnnxSession(Network network, LayeredGraph layered, int threads) {
    this.network = network;
    this.layered = layered;
    this.threads = threads;
    this.options = layered.engine().runOptions();
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public String device() {
    return "cpu";
  }

  @Override
  public float[] run(
      Batch batch, Map<Node, Set<Integer>> off, Set<Node> chosen, Listener listener) {
    batch.requireFor(network);
    chosen.forEach(layered::place);
    if (chosen.isEmpty() && layered.classes() == 0) {
      return new float[0];
    }
    terminate(false);
    prepare(chosen, off, batch.size());
    try {
      running.run(batch, masks(off));
    } catch (UserException e) {
      // The engine keeps for a session what it has taken, be it nearly all there is.
      closeRunning();
      throw e;
    }
    for (Node node : network.nodes()) {
      if (chosen.contains(node)) {
        listener.heard(node, running.output(layered.place(node).tap().name()));
      }
    }
    return layered.logits().map(this::values).orElse(new float[0]);
  }

  private float[] values(Node node) {
    FloatBuffer buffer = running.output(layered.place(node).tap().name());
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  LayeredGraph layered() {
    return layered;
  }

  /** In the network's order: the same nodes make the same model. */
  List<Node> ordered(Set<Node> chosen) {
    Set<Node> wanted = new LinkedHashSet<>(network.nodes());
    wanted.removeIf(node -> !chosen.contains(node) && !isLogits(node));
    return List.copyOf(wanted);
  }

  private boolean isLogits(Node node) {
    return layered.logits().filter(node::equals).isPresent();
  }

  private void prepare(Set<Node> chosen, Map<Node, Set<Integer>> off, int size) {
    if (running != null && chosen.equals(listenedTo) && off.keySet().equals(masked)) {
      if (running.size() == size) {
        return;
      }
      running.release();
      running = new Running(this, running.session(), shapes(chosen), size);
      return;
    }
    closeRunning();
    Edit edit =
        Edit.NONE
            .withOutputs(ordered(chosen).stream().map(node -> layered.place(node).tap()).toList())
            .withInputs(List.of(layered.input()))
            .withMasks(off.keySet().stream().map(this::mask).toList());
    running = new Running(this, session(layered.editor().model(edit)), shapes(chosen), size);
    listenedTo = Set.copyOf(chosen);
    masked = Set.copyOf(off.keySet());
  }

  private Mask mask(Node node) {
    return Mask.of(layered.place(node).tap(), node.name(), node.shape());
  }

  /** The masks that set channels to zero, by the layers' masks. */
  private Map<Mask, Set<Integer>> masks(Map<Node, Set<Integer>> off) {
    Map<Mask, Set<Integer>> masks = new LinkedHashMap<>();
    off.forEach((node, channels) -> masks.put(mask(node), channels));
    return masks;
  }

  private Map<String, List<Integer>> shapes(Set<Node> chosen) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    ordered(chosen).forEach(node -> shapes.put(layered.place(node).tap().name(), node.shape()));
    return shapes;
  }

  OrtSession session(Structure model) {
    return layered.engine().session(model, new Engine.Mode(threads, true));
  }

  @Override
  public Rest hold(Batch batch, Set<Node> chosen) {
    batch.requireFor(network);
    chosen.forEach(layered::place);
    terminate(false);
    if (tails == null || !tails.isOf(chosen)) {
      closeTails();
      tails = new Tails(this, layered, chosen);
    }
    try {
      return tails.hold(batch);
    } catch (UserException e) {
      closeTails();
      throw e;
    }
  }

  @Override
  public void stop() {
    terminate(true);
  }

  /** Whether what runs is to end before the next operator, or the next turn of a loop. */
  private void terminate(boolean now) {
    try {
      options.setTerminate(now);
    } catch (OrtException e) {
      throw layered.engine().failed(e);
    }
  }

  OrtSession.RunOptions options() {
    return options;
  }

  private void closeTails() {
    if (tails != null) {
      tails.close();
      tails = null;
    }
  }

  private void closeRunning() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  /** Frees a session of the engine's. */
  void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw layered.engine().failed(e);
    }
  }

  @Override
  public void close() {
    closeTails();
    closeRunning();
    options.close();
  }
}
