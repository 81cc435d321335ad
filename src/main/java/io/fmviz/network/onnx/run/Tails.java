package io.fmviz.network.onnx.run;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.fmviz.network.Batch;
import io.fmviz.network.Node;
import io.fmviz.network.onnx.engine.EngineMemory;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.file.Structure;
import io.fmviz.network.onnx.graph.Edit;
import io.fmviz.network.onnx.graph.GraphInput;
import io.fmviz.network.onnx.graph.GraphWalk;
import io.fmviz.network.onnx.graph.Tap;
import io.fmviz.network.onnx.layers.LayeredGraph;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What comes after some nodes, as models of their own that begin there: another output of a node
 * costs only what comes behind. The network itself makes what those models take beside the node's
 * output.
 */
final class Tails implements AutoCloseable {
  /** The weights of the models that are kept, at most; the last one always is. */
  private static final long MOST_BYTES = 256L << 20;

  private static final int MOST = 64;

  private final OnnxSession owner;
  private final LayeredGraph layered;
  private final Map<Node, Tail> tails = new LinkedHashMap<>();
  private final List<Tap> wanted;
  private final OrtSession whole;
  private final Map<Node, OrtSession> sessions = new LinkedHashMap<>();
  private final Map<Node, Long> bytes = new LinkedHashMap<>();

  Tails(OnnxSession owner, LayeredGraph layered, Set<Node> chosen) {
    this.owner = owner;
    this.layered = layered;
    Map<String, Tap> taps = new LinkedHashMap<>();
    for (Node node : owner.ordered(chosen)) {
      Tap tap = layered.place(node).tap();
      taps.put(tap.name(), tap);
    }
    for (Node node : owner.ordered(chosen)) {
      if (chosen.contains(node)) {
        boolean hasLogits = layered.logits().isPresent();
        Tail tail = hasLogits ? Tail.of(layered, node) : new Tail(node, List.of());
        tails.put(node, tail);
        tail.others().forEach(name -> taps.putIfAbsent(name, Tap.asIs(name)));
      }
    }
    taps.remove(input());
    this.wanted = List.copyOf(taps.values());
    this.whole = owner.session(model(wanted, List.of(layered.input())));
  }

  private String input() {
    return layered.editor().graph().input().getName();
  }

  boolean isOf(Set<Node> chosen) {
    return chosen.equals(tails.keySet());
  }

  OnnxRest hold(Batch batch) {
    int step = layered.found().batch() == 0 ? batch.size() : layered.found().batch();
    int count = (batch.size() + step - 1) / step;
    BatchInput images = BatchInput.of(count * step, layered.layout());
    images.fill(batch);
    List<OnnxRest.Pass> passes = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        OnnxTensor input =
            EngineMemory.tensor(images.floats(), i * step, step, layered.layout().sides());
        passes.add(
            new OnnxRest.Pass(
                input, whole.run(Map.of(layered.input().tap().name(), input), owner.options())));
      }
    } catch (OrtException e) {
      passes.forEach(OnnxRest.Pass::close);
      throw layered.engine().failed(e);
    }
    return new OnnxRest(layered, this, passes, new OnnxRest.Sizes(batch.size(), step));
  }

  /** What a tail makes of a node's output: the logits. */
  OrtSession.Result run(Node node, OnnxTensor output, OnnxRest.Pass pass) throws OrtException {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    inputs.put(layered.place(node).tap().name(), output);
    for (String other : tails.get(node).others()) {
      if (other.equals(input())) {
        inputs.put(layered.input().tap().name(), pass.images());
      } else {
        OnnxValue value = pass.result().get(other).orElseThrow();
        inputs.put(other, (OnnxTensor) value);
      }
    }
    return session(node).run(inputs, owner.options());
  }

  private OrtSession session(Node node) {
    OrtSession session = sessions.remove(node);
    if (session == null) {
      session = made(node);
    }
    sessions.put(node, session);
    return session;
  }

  private OrtSession made(Node node) {
    List<GraphInput> inputs = new ArrayList<>();
    inputs.add(GraphInput.floats(layered.place(node).tap(), layered.found().batch(), node.shape()));
    for (String other : tails.get(node).others()) {
      ElementType type = layered.found().types().getOrDefault(other, ElementType.OTHER);
      inputs.add(other.equals(input()) ? layered.input() : GraphInput.asIs(other, type));
    }
    Structure model = model(List.of(layered.place(layered.logits().orElseThrow()).tap()), inputs);
    bytes.put(node, model.weightBytes());
    Iterator<Node> oldest = new LinkedHashSet<>(sessions.keySet()).iterator();
    while (oldest.hasNext() && isTooMuch()) {
      Node old = oldest.next();
      bytes.remove(old);
      owner.close(sessions.remove(old));
    }
    return owner.session(model);
  }

  private Structure model(List<Tap> outputs, List<GraphInput> inputs) {
    return layered.editor().model(Edit.NONE.withOutputs(outputs).withInputs(inputs));
  }

  private boolean isTooMuch() {
    long sum = bytes.values().stream().mapToLong(Long::longValue).sum();
    return sum > MOST_BYTES || bytes.size() > MOST;
  }

  /** Whether anything of a node's output reaches the logits. */
  boolean reachesLogits(Node node) {
    return new GraphWalk(layered.editor().graph())
        .after(layered.place(node).tap().tensor()).stream()
            .anyMatch(
                op ->
                    op.outputs()
                        .contains(layered.place(layered.logits().orElseThrow()).tap().tensor()));
  }

  /** Whether any number of another output can go in at once: nothing else of an image's does. */
  boolean takesSeveral(Node node) {
    return layered.found().batch() == 0
        && layered.logits().filter(node::equals).isEmpty()
        && reachesLogits(node)
        && tails.get(node).others().isEmpty();
  }

  boolean has(Node node) {
    return tails.containsKey(node);
  }

  @Override
  public void close() {
    owner.close(whole);
    sessions.values().forEach(owner::close);
    sessions.clear();
  }
}
