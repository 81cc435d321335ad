package io.fmviz.serve.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Which connections there are. Of newcomers the oldest goes where another comes and there is no
 * room: whoever asks for something is done before sixty-four others have come. Those that were let
 * in have room of their own, of which one that waits for nothing goes likewise.
 */
final class Budget {
  static final int NEWCOMERS = 64;
  static final int LET_IN = 64;

  /** Of all bodies together that are being read or worked at. */
  static final int BODY_BYTES = 64_000_000;

  private static final int PATIENCE_SECONDS = 5;

  private final Set<Connection> newcomers = new LinkedHashSet<>();
  private final Set<Connection> members = new LinkedHashSet<>();
  private final Set<Connection> idle = new LinkedHashSet<>();
  private final Semaphore bodies = new Semaphore(BODY_BYTES);

  synchronized void came(Connection connection) {
    if (newcomers.size() >= NEWCOMERS) {
      cut(newcomers.iterator().next());
    }
    newcomers.add(connection);
  }

  /** Whether there is room for one more that is let in. */
  synchronized boolean letIn(Connection connection) {
    if (members.contains(connection)) {
      return true;
    }
    if (members.size() >= LET_IN) {
      if (idle.isEmpty()) {
        return false;
      }
      cut(idle.iterator().next());
    }
    // One that was cut meanwhile is at its end anyway.
    return newcomers.remove(connection) && members.add(connection);
  }

  /** Only those that were let in are kept for being idle. */
  synchronized void idle(Connection connection) {
    if (members.contains(connection)) {
      idle.add(connection);
    }
  }

  synchronized void busy(Connection connection) {
    idle.remove(connection);
  }

  synchronized void ended(Connection connection) {
    newcomers.remove(connection);
    members.remove(connection);
    idle.remove(connection);
  }

  private void cut(Connection connection) {
    ended(connection);
    connection.cut();
  }

  /** Whether there is memory for a body, be it after a while. */
  boolean reserve(int bytes) {
    try {
      return bodies.tryAcquire(bytes, PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void release(int bytes) {
    bodies.release(bytes);
  }

  private synchronized List<Connection> all() {
    List<Connection> all = new ArrayList<>(newcomers);
    all.addAll(members);
    return all;
  }

  /** Cuts those that are too slow. */
  void cutLate() {
    long now = System.nanoTime();
    all().stream().filter(each -> each.isLate(now)).forEach(Connection::cut);
  }

  void cutAll() {
    all().forEach(Connection::cut);
  }
}
