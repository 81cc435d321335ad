package io.fmviz.base;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is done as the process ends, however it is told to: by the JVM as it shuts down, and by who
 * ends it without that.
 */
public final class ShutdownHooks {
  private static final Set<Runnable> ACTIONS = new LinkedHashSet<>();
  private static final Object RUNNING = new Object();
  private static boolean hooked;

  private ShutdownHooks() {}

  /** Adds something to do: short, and harmless at any moment. Nothing where the end has begun. */
  public static synchronized void add(Runnable action) {
    if (!hooked) {
      try {
        Runtime.getRuntime().addShutdownHook(new Thread(ShutdownHooks::run, "fmviz-end"));
      } catch (IllegalStateException e) {
        return; // The JVM is shutting down.
      }
      hooked = true;
    }
    ACTIONS.add(action);
  }

  /**
   * Takes an action back.
   *
   * @return whether it will not be done; false where the end has begun
   */
  public static synchronized boolean remove(Runnable action) {
    return ACTIONS.remove(action);
  }

  /** Does what is to be done, each action once; whoever calls meanwhile waits until it is done. */
  public static void run() {
    synchronized (RUNNING) {
      taken().forEach(Runnable::run);
    }
  }

  private static synchronized List<Runnable> taken() {
    List<Runnable> actions = List.copyOf(ACTIONS);
    ACTIONS.clear();
    return actions;
  }
}
