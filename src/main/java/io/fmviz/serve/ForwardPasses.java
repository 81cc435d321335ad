package io.fmviz.serve;

import io.fmviz.network.Batch;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Sends pictures through the network, and keeps what it made of the last ones: what is asked of
 * them next costs no pass. Used by one thread.
 */
final class ForwardPasses {
  /** 64 MB. The last one is always kept. */
  private static final long MOST_VALUES = 1 << 24;

  private static final int[] THE_ONE = {0};

  private final Session session;
  private final ServedLayers layers;
  private final Map<Key, ForwardPass> kept = new LinkedHashMap<>(16, 0.75f, true);

  /** Arrays of passes that are forgotten, by their lengths, for the next one's values. */
  private final Map<Integer, Deque<float[]>> free = new HashMap<>();

  private record Key(long picture, ServedLayers.Off off) {}

  ForwardPasses(Session session, ServedLayers layers) {
    this.session = session;
    this.layers = layers;
  }

  Session session() {
    return session;
  }

  static Batch batch(SentPictures.Sent picture) {
    return Batch.of(picture.images(), THE_ONE, 0, 1);
  }

  /**
   * What the network makes of a picture.
   *
   * @param inView the nodes that must be captured
   */
  ForwardPass of(SentPictures.Sent picture, ServedLayers.Off off, Collection<Node> inView) {
    Key key = new Key(picture.number(), off);
    ForwardPass pass = kept.get(key);
    if (pass == null || !pass.outputs().keySet().containsAll(inView)) {
      pass = run(picture, off, layers.captured(inView));
      kept.put(key, pass);
      forget();
    }
    return pass;
  }

  private ForwardPass run(SentPictures.Sent picture, ServedLayers.Off off, Set<Node> chosen) {
    Map<Node, float[]> outputs = new HashMap<>();
    float[] logits =
        session.run(
            batch(picture),
            layers.nodes(off),
            chosen,
            (node, values) -> {
              float[] copy = array(values.remaining());
              values.get(copy);
              outputs.put(node, copy);
            });
    return new ForwardPass(picture, off, logits, outputs);
  }

  /**
   * One that is free, or a new one. Without that, a webcam's garbage makes the heap grow to many
   * times of what is kept.
   */
  private float[] array(int length) {
    Deque<float[]> some = free.get(length);
    return some == null || some.isEmpty() ? new float[length] : some.pop();
  }

  /** A pass that was forgotten stays whole until the one after the next. */
  private void forget() {
    free.clear();
    Iterator<ForwardPass> oldest = kept.values().iterator();
    while (kept.size() > 1 && values() > MOST_VALUES) {
      for (float[] values : oldest.next().outputs().values()) {
        free.computeIfAbsent(values.length, n -> new ArrayDeque<>()).push(values);
      }
      oldest.remove();
    }
  }

  /** Gives back what is kept of all pictures, and what the engine keeps. */
  void rest() {
    kept.clear();
    free.clear();
    session.rest();
  }

  private long values() {
    return kept.values().stream()
        .flatMap(pass -> pass.outputs().values().stream())
        .mapToLong(values -> values.length)
        .sum();
  }
}
