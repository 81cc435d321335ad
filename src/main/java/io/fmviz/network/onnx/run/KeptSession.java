package io.fmviz.network.onnx.run;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Set;

/**
 * A model on the engine that stays for batches to come, and the memory that the last one was bound
 * to. That memory is taken for a batch and given back after it, so that no two share it.
 */
final class KeptSession {
  private final OrtSession session;
  private final long weightBytes;
  private BoundNetwork idle;
  private int taken;
  private boolean isClosed;

  KeptSession(OrtSession session, long weightBytes) {
    this.session = session;
    this.weightBytes = weightBytes;
  }

  BoundBatch.Loose run(BoundBatch bound, OrtSession.RunOptions options) throws OrtException {
    return bound.run(session, options);
  }

  /** Makes memory for a batch. */
  @FunctionalInterface
  interface Binding {
    BoundNetwork of(Steps steps, Set<String> inputs) throws OrtException;
  }

  /** The memory for a batch, that of the last one if it is of the same size. */
  BoundNetwork take(Steps steps, Binding binding) throws OrtException {
    BoundNetwork bound = idle;
    idle = null;
    if (bound == null || !bound.bound().steps().equals(steps)) {
      if (bound != null) {
        bound.close();
      }
      bound = binding.of(steps, session.getInputNames());
    }
    taken++;
    return bound;
  }

  void giveBack(BoundNetwork bound) {
    taken--;
    if (isClosed || idle != null) {
      bound.close();
    } else {
      idle = bound;
    }
  }

  /** Whether a batch is on its way through, or held. */
  boolean isTaken() {
    return taken > 0;
  }

  /** What it is known to take: the engine has the weights once more, in its own order. */
  long bytes() {
    return weightBytes + (idle == null ? 0 : idle.bytes());
  }

  void close() throws OrtException {
    isClosed = true;
    if (idle != null) {
      idle.close();
    }
    session.close();
  }
}
