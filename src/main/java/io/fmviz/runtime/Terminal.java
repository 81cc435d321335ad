package io.fmviz.runtime;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/** What standard error is connected to. */
public final class Terminal {
  private static final int STANDARD_ERROR = 2;

  private Terminal() {}

  /** The one function of the C library that is needed, under its two names. */
  private interface C extends Library {
    int isatty(int descriptor);

    int _isatty(int descriptor);
  }

  /** Whether standard error is a terminal. {@code System.console()} looks at the other two. */
  public static boolean isStandardError() {
    try {
      if (Platform.isWindows()) {
        return Native.load("msvcrt", C.class)._isatty(STANDARD_ERROR) != 0;
      }
      return Native.load("c", C.class).isatty(STANDARD_ERROR) != 0;
    } catch (LinkageError e) {
      return false;
    }
  }
}
