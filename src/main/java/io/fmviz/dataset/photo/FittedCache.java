package io.fmviz.dataset.photo;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The pictures that were asked for lately: who draws one that a network has just seen needn't
 * decode it again. Their bytes are bounded.
 */
final class FittedCache {
  /** A hundred pictures of 224 x 224 in colour. */
  private static final long MAX_BYTES = 16_000_000;

  private final Map<Integer, Fitted> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /** One of them, made where it isn't kept. Two threads that want it at once each make it. */
  Fitted get(int index, IntFunction<Fitted> make) {
    synchronized (this) {
      Fitted found = kept.get(index);
      if (found != null) {
        return found;
      }
    }
    Fitted made = make.apply(index);
    synchronized (this) {
      if (kept.putIfAbsent(index, made) == null) {
        bytes += made.picture().values().length;
        Iterator<Fitted> oldest = kept.values().iterator();
        while (bytes > MAX_BYTES) {
          bytes -= oldest.next().picture().values().length;
          oldest.remove();
        }
      }
    }
    return made;
  }
}
