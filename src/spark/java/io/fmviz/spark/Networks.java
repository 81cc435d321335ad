package io.fmviz.spark;

import io.fmviz.base.UserException;
import io.fmviz.network.Compute;
import io.fmviz.network.Network;
import io.fmviz.network.Session;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * An executor's networks: each is opened once, whatever the number of its tasks, and so are its
 * sessions, of which there are as many as tasks run side by side. They stay until the executor
 * ends.
 */
final class Networks {
  /** Milliseconds: the driver ends a job in less. */
  private static final long PATIENCE = 10_000;

  private static final Map<SentNetwork, Networks> OPENED = new HashMap<>();

  private final Network network;
  private final UserException failure;
  private final AtomicBoolean told = new AtomicBoolean();
  private final Deque<Session> idle = new ArrayDeque<>();

  private Networks(SentNetwork sent) {
    Network opened = null;
    UserException problem = null;
    try {
      opened = sent.open();
    } catch (UserException e) {
      problem = e;
    }
    this.network = opened;
    this.failure = problem;
  }

  /**
   * Does some work with a session of a network's.
   *
   * @throws UserException if it can't be opened; it isn't tried a second time
   */
  static <T> T use(SentNetwork sent, int threads, Function<Session, T> work) {
    Networks opened;
    synchronized (OPENED) {
      opened = OPENED.computeIfAbsent(sent, Networks::new);
    }
    if (opened.failure != null) {
      opened.fail();
    }
    Session session = opened.take(threads);
    boolean done = false;
    try {
      T result = work.apply(session);
      done = true;
      return result;
    } finally {
      // Nobody knows what a session is good for in which something went wrong.
      if (done) {
        opened.giveBack(session);
      } else {
        session.close();
      }
    }
  }

  /** The first task says it at once; others give the driver time to end the job. */
  private void fail() {
    if (told.getAndSet(true)) {
      try {
        Thread.sleep(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    throw new UserException(failure.getMessage(), failure);
  }

  private Session take(int threads) {
    Session session;
    synchronized (idle) {
      session = idle.poll();
    }
    if (session == null) {
      return network.start(Compute.onCpu(threads));
    }
    session.takeOver(threads);
    return session;
  }

  private void giveBack(Session session) {
    synchronized (idle) {
      idle.push(session);
    }
  }
}
