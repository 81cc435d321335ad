package io.fmviz.runtime;

import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.util.function.Consumer;

/**
 * What glibc and OpenMP are told before libtorch is loaded.
 *
 * <p>glibc's allocator, where libtorch keeps its arrays, gives every large block back to the system
 * when it is freed and asks for it anew in the next batch: millions of page faults in an epoch, and
 * half of its time. Told to keep them, it hands the same pages out again.
 *
 * <p>OpenMP's threads spin while they wait for each other, for milliseconds. On a busy machine they
 * take the processor from those that they wait for. A shorter while costs nothing on an idle
 * machine, and beside two other busy processes on two cores training takes six tenths of the time.
 */
final class NativeSettings {
  // The parameters' numbers, from malloc.h.
  private static final int M_TRIM_THRESHOLD = -1;
  private static final int M_TOP_PAD = -2;
  private static final int M_MMAP_THRESHOLD = -3;

  /** The most that glibc takes as a threshold. */
  private static final int LARGEST = 32 << 20;

  /** From asm-generic/mman-common.h. */
  private static final int MADV_HUGEPAGE = 14;

  /** The size of a huge page where a page has 4 KB. */
  private static final long HUGE_PAGE = 2 << 20;

  /** Of memory in one piece: below the threshold, so that it comes from the thread's arena. */
  private static final long BLOCK = 30 << 20;

  /** Turns of a waiting loop: about as long as it takes to wake a sleeping thread. */
  private static final String SPIN_COUNT = "20000";

  private NativeSettings() {}

  /** What the environment says on spinning stands. */
  static void apply() {
    onGlibc(
        c -> {
          call(c, "mallopt", M_MMAP_THRESHOLD, LARGEST);
          call(c, "mallopt", M_TRIM_THRESHOLD, Integer.MAX_VALUE);
          call(c, "mallopt", M_TOP_PAD, LARGEST);
          if (System.getenv("OMP_WAIT_POLICY") == null) {
            call(c, "setenv", "GOMP_SPINCOUNT", SPIN_COUNT, 0);
          }
        });
  }

  /**
   * Has the next memory that the calling thread asks for lie in huge pages, where the system asks
   * to be asked: one page fault in place of 512. Nothing is taken before it is needed.
   *
   * @param blocks how much, in blocks of 30 MB; glibc's arenas are of two
   */
  static void useHugePages(int blocks) {
    onGlibc(
        c -> {
          // What is taken stands at the arena's end, and goes back to it with its new property.
          long[] taken = new long[blocks];
          for (int i = 0; i < blocks; i++) {
            taken[i] = c.getFunction("malloc").invokeLong(new Object[] {new NativeLong(BLOCK)});
            long from = (taken[i] + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
            call(c, "madvise", new Pointer(from), new NativeLong(BLOCK - HUGE_PAGE), MADV_HUGEPAGE);
          }
          for (int i = blocks - 1; i >= 0; i--) {
            call(c, "free", new Pointer(taken[i]));
          }
        });
  }

  /** Gives the system back what was freed, of every arena. */
  static void trim() {
    onGlibc(c -> call(c, "malloc_trim", new NativeLong(0)));
  }

  /** JNA's direct mapping would be as short here, and take 30 ms more of the start. */
  private static void call(NativeLibrary c, String function, Object... arguments) {
    c.getFunction(function).invokeInt(arguments);
  }

  private static void onGlibc(Consumer<NativeLibrary> calls) {
    if (Platform.isLinux()) {
      try {
        calls.accept(NativeLibrary.getProcess());
      } catch (LinkageError e) {
        // Another C library, such as musl: slower, but right.
      }
    }
  }
}
