package io.fmviz.runtime;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * What glibc and OpenMP are told before libtorch is loaded.
 *
 * <p>glibc's allocator, where libtorch keeps its arrays, gives every large block back to the system
 * when it is freed and asks for it anew in the next batch: millions of page faults in an epoch, and
 * half of its time. Told to keep them, it hands the same pages out again; and one arena for all
 * threads doesn't keep them twice.
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
  private static final int M_ARENA_MAX = -8;

  /** The most that glibc takes as a threshold. */
  private static final int LARGEST = 32 << 20;

  /** Turns of a waiting loop: about as long as it takes to wake a sleeping thread. */
  private static final String SPIN_COUNT = "20000";

  private NativeSettings() {}

  /** The functions that are called, found in the process, which has its C library. */
  private static final class C {
    static {
      Native.register(NativeLibrary.getProcess());
    }

    static native int mallopt(int parameter, int value);

    static native int malloc_trim(long pad);

    static native int setenv(String name, String value, int overwrite);
  }

  /** What the environment says on spinning stands. */
  static void apply() {
    onGlibc(
        () -> {
          C.mallopt(M_MMAP_THRESHOLD, LARGEST);
          C.mallopt(M_TRIM_THRESHOLD, Integer.MAX_VALUE);
          C.mallopt(M_TOP_PAD, LARGEST);
          C.mallopt(M_ARENA_MAX, 1);
          if (System.getenv("OMP_WAIT_POLICY") == null) {
            C.setenv("GOMP_SPINCOUNT", SPIN_COUNT, 0);
          }
        });
  }

  /** Gives the system back what was freed, of every arena. */
  static void trim() {
    onGlibc(() -> C.malloc_trim(0));
  }

  private static void onGlibc(Runnable calls) {
    if (Platform.isLinux()) {
      try {
        calls.run();
      } catch (LinkageError e) {
        // Another C library, such as musl: slower, but right.
      }
    }
  }
}
