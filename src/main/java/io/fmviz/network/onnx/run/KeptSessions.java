package io.fmviz.network.onnx.run;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.fmviz.network.onnx.file.Structure;
import io.fmviz.network.onnx.graph.Edit;
import io.fmviz.network.onnx.layers.LayeredGraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The models of one graph that are ready to run. The engine fixes a model's inputs and outputs as
 * it loads it, which takes longer than many a batch: the last ones stay.
 */
final class KeptSessions implements AutoCloseable {
  private final LayeredGraph layered;
  private final Function<Structure, OrtSession> loader;
  private final Bounds bounds;
  private final OrtSession.RunOptions options;
  private final Map<Edit, KeptSession> kept = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * How much is kept, beside what a batch is on its way through.
   *
   * @param sessions each has threads of its own
   * @param bytes of weights and of batches' memory
   */
  record Bounds(int sessions, long bytes) {}

  /**
   * None yet.
   *
   * @param loader makes a model ready
   */
  KeptSessions(LayeredGraph layered, Function<Structure, OrtSession> loader, Bounds bounds) {
    this.layered = layered;
    this.loader = loader;
    this.bounds = bounds;
    this.options = layered.engine().runOptions();
  }

  /** The session of an edited graph; those that nobody has asked for longest go for it. */
  KeptSession of(Edit edit) {
    KeptSession found = kept.get(edit);
    if (found == null) {
      Structure model = layered.editor().model(edit);
      makeRoom(bounds.sessions() - 1, bounds.bytes() - model.weightBytes());
      found = new KeptSession(loader.apply(model), model.weightBytes());
      kept.put(edit, found);
    }
    return found;
  }

  private void makeRoom(int most, long mostBytes) {
    for (KeptSession old : List.copyOf(kept.values())) {
      if (kept.size() <= most && bytes() <= mostBytes) {
        return;
      }
      if (!old.isTaken()) {
        kept.values().remove(old);
        close(old);
      }
    }
  }

  private long bytes() {
    return kept.values().stream().mapToLong(KeptSession::bytes).sum();
  }

  /** Runs a batch. One that fails costs its session: that holds on to all the memory it has got. */
  BoundBatch.Loose run(KeptSession session, BoundBatch bound) {
    try {
      return session.run(bound, options);
    } catch (OrtException e) {
      kept.values().remove(session);
      close(session);
      throw layered.engine().failed(e);
    }
  }

  /** Whether what runs is to end before the next operator, or the next turn of a loop. */
  void terminate(boolean now) {
    try {
      options.setTerminate(now);
    } catch (OrtException e) {
      throw layered.engine().failed(e);
    }
  }

  private void close(KeptSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw layered.engine().failed(e);
    }
  }

  void forget() {
    kept.values().forEach(this::close);
    kept.clear();
  }

  @Override
  public void close() {
    forget();
    options.close();
  }
}
