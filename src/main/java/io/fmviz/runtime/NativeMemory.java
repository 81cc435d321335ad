package io.fmviz.runtime;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * The C library's allocator, where libtorch keeps its arrays. glibc gives every large block back to
 * the system when it is freed and asks for it anew in the next batch: millions of page faults in an
 * epoch, and half of its time. Told to keep them, it hands the same pages out again.
 */
final class NativeMemory {
  // The parameters' numbers, from malloc.h.
  private static final int M_TRIM_THRESHOLD = -1;
  private static final int M_TOP_PAD = -2;
  private static final int M_MMAP_THRESHOLD = -3;

  /** The most that glibc takes as a threshold. */
  private static final int LARGEST = 32 << 20;

  private NativeMemory() {}

  /** The one function that is called. */
  private interface C extends Library {
    int mallopt(int parameter, int value);
  }

  /** Keeps freed blocks; does nothing where the C library isn't glibc. */
  static void keep() {
    if (!Platform.isLinux()) {
      return;
    }
    try {
      C c = Native.load("c", C.class);
      c.mallopt(M_MMAP_THRESHOLD, LARGEST);
      c.mallopt(M_TRIM_THRESHOLD, Integer.MAX_VALUE);
      c.mallopt(M_TOP_PAD, LARGEST);
    } catch (LinkageError e) {
      // Another C library, such as musl: slower, but right.
    }
  }
}
