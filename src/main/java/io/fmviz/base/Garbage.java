package io.fmviz.base;

import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * The JVM's heap, kept small by collecting its garbage before the JVM would. Where a person, or a
 * cluster, says how large the heap may be ({@code -Xmx}), that memory is there to be used, and when
 * to collect is the JVM's affair.
 */
public final class Garbage {
  private static final boolean COLLECTED =
      isCollected(ManagementFactory.getRuntimeMXBean().getInputArguments());

  private Garbage() {}

  /** Collects it, unless the heap's size was set. */
  public static void collect() {
    if (COLLECTED) {
      System.gc();
    }
  }

  /** Whether a JVM that was started in this way is told to collect. */
  static boolean isCollected(List<String> options) {
    return options.stream().noneMatch(Garbage::setsHeap);
  }

  private static boolean setsHeap(String option) {
    return option.startsWith("-Xmx") || option.startsWith("-XX:MaxHeapSize=");
  }
}
