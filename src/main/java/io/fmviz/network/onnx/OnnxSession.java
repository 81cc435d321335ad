package io.fmviz.network.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.fmviz.base.UserException;
import io.fmviz.network.Batch;
import io.fmviz.network.Node;
import io.fmviz.network.Rest;
import io.fmviz.network.Session;
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
final class OnnxSession implements Session {
  private final OnnxNetwork network;
  private final int threads;
  private final OrtSession.RunOptions options;
  private Set<Node> listenedTo;
  private Map<Node, Set<Integer>> silenced = Map.of();
  private Running running;
  private Tails tails;

  OnnxSession(OnnxNetwork network, int threads) {
    this.network = network;
    this.threads = threads;
    this.options = network.engine().runOptions();
  }

  @Override
  public OnnxNetwork network() {
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
    chosen.forEach(network::place);
    if (chosen.isEmpty() && network.classes() == 0) {
      return new float[0];
    }
    terminate(false);
    prepare(chosen, off, batch.size());
    try {
      running.run(batch);
    } catch (UserException e) {
      // The engine keeps for a session what it has taken, be it nearly all there is.
      closeRunning();
      throw e;
    }
    for (Node node : network.nodes()) {
      if (chosen.contains(node)) {
        listener.heard(node, running.output(network.place(node).tap().name()));
      }
    }
    return network.logits().map(this::values).orElse(new float[0]);
  }

  private float[] values(Node node) {
    FloatBuffer buffer = running.output(network.place(node).tap().name());
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  /** In the network's order: the same nodes make the same model. */
  List<Node> ordered(Set<Node> chosen) {
    Set<Node> wanted = new LinkedHashSet<>(network.nodes());
    wanted.removeIf(node -> !chosen.contains(node) && !isLogits(node));
    return List.copyOf(wanted);
  }

  private boolean isLogits(Node node) {
    return network.logits().filter(node::equals).isPresent();
  }

  private void prepare(Set<Node> chosen, Map<Node, Set<Integer>> off, int size) {
    if (running != null && chosen.equals(listenedTo) && off.equals(silenced)) {
      if (running.size() == size) {
        return;
      }
      running.release();
      running = new Running(this, running.session(), shapes(chosen), size);
      return;
    }
    closeRunning();
    List<Tap> taps = ordered(chosen).stream().map(node -> network.place(node).tap()).toList();
    ModelProto part = network.parts().of(taps, List.of(network.given()));
    OrtSession session = session(off.isEmpty() ? part : Masks.on(part, masks(off)));
    running = new Running(this, session, shapes(chosen), size);
    listenedTo = Set.copyOf(chosen);
    silenced = Map.copyOf(off);
  }

  private List<Masks.Mask> masks(Map<Node, Set<Integer>> off) {
    return off.entrySet().stream()
        .map(one -> Masks.mask(network.place(one.getKey()).tap(), one.getKey(), one.getValue()))
        .toList();
  }

  private Map<String, List<Integer>> shapes(Set<Node> chosen) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    ordered(chosen).forEach(node -> shapes.put(network.place(node).tap().name(), node.shape()));
    return shapes;
  }

  /** A part of the network, ready to run. */
  OrtSession session(List<Tap> wanted, List<Parts.Given> given) {
    return session(network.parts().of(wanted, given));
  }

  private OrtSession session(ModelProto part) {
    return network.engine().session(part, new Engine.Mode(threads, true));
  }

  @Override
  public Rest hold(Batch batch, Set<Node> chosen) {
    batch.requireFor(network);
    chosen.forEach(network::place);
    terminate(false);
    if (tails == null || !tails.isOf(chosen)) {
      closeTails();
      tails = new Tails(this, network, chosen);
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
      throw network.engine().failed(e);
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
      throw network.engine().failed(e);
    }
  }

  @Override
  public void close() {
    closeTails();
    closeRunning();
    options.close();
  }
}
