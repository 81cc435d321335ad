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
  private boolean isClosed;

  KeptSession(OrtSession session, long weightBytes) {
    this.session = session;
    this.weightBytes = weightBytes;
  }

  Set<String> inputs() {
    return session.getInputNames();
  }

  BoundBatch.Loose run(BoundBatch bound, OrtSession.RunOptions options) throws OrtException {
    return bound.run(session, options);
  }

  /** The memory for a batch; null if there is none of that size. */
  BoundNetwork take(Steps steps) {
    BoundNetwork taken = idle;
    idle = null;
    if (taken != null && !taken.bound().steps().equals(steps)) {
      taken.close();
      return null;
    }
    return taken;
  }

  void giveBack(BoundNetwork bound) {
    if (isClosed || idle != null) {
      bound.close();
    } else {
      idle = bound;
    }
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
