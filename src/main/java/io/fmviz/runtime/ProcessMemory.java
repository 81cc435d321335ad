package io.fmviz.runtime;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.fmviz.base.Garbage;
import java.lang.management.ManagementFactory;

/**
 * How much memory a process holds that stays for hours: Java's heap grows with garbage, to a
 * quarter of the machine's memory, and neither it nor glibc gives back what is free on its own. A
 * heap whose size was set is left alone.
 */
public final class ProcessMemory {
  /** Of the heap, in percent, what may be free after a collection; Java's own are 40 and 70. */
  private static final String LEAST_FREE = "10";

  private static final String MOST_FREE = "50";

  /** How much larger than what lived in it after the last collection the heap may become. */
  private static final long MORE = 128L << 20;

  private static long most = Long.MAX_VALUE;

  private ProcessMemory() {}

  /** From now on the heap is as large as what lives in it, and some more. */
  public static void keepSmall() {
    HotSpotDiagnosticMXBean machine =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      machine.setVMOption("MinHeapFreeRatio", LEAST_FREE);
      machine.setVMOption("MaxHeapFreeRatio", MOST_FREE);
    } catch (RuntimeException e) {
      // Another machine than HotSpot, or an option that it doesn't know: larger, but right.
    }
    giveBack();
  }

  /** Gives the system back what is free, of the heap and of what libraries have taken. */
  public static synchronized void giveBack() {
    Garbage.collect();
    NativeSettings.trim();
    most = Runtime.getRuntime().totalMemory() + MORE;
  }

  /** Gives back what is free once the heap has grown: garbage of many small steps. */
  public static synchronized void bound() {
    if (Runtime.getRuntime().totalMemory() > most) {
      giveBack();
    }
  }
}
