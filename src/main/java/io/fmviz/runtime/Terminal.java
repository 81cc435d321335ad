package io.fmviz.runtime;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import io.fmviz.base.UserException;

/** What standard error is connected to. */
public final class Terminal {
  private static final int STANDARD_ERROR = 2;

  /** Of a terminal that doesn't tell. */
  private static final int USUAL_WIDTH = 80;

  // The request for a terminal's size, from asm-generic/ioctls.h and macOS's sys/ttycom.h.
  private static final long TIOCGWINSZ_LINUX = 0x5413;
  private static final long TIOCGWINSZ_MACOS = 0x40087468;

  private Terminal() {}

  /** The functions of the C library that are needed; the first under its two names. */
  private interface C extends Library {
    int isatty(int descriptor);

    int _isatty(int descriptor);

    int ioctl(int descriptor, NativeLong request, Object... size);
  }

  /** Made when it is first needed. */
  private static final class Loaded {
    static final C LIBRARY = Native.load(Platform.isWindows() ? "msvcrt" : "c", C.class);
  }

  /** Whether standard error is a terminal. {@code System.console()} looks at the other two. */
  public static boolean isStandardError() {
    try {
      JnaLibrary.settle();
      C c = Loaded.LIBRARY;
      return (Platform.isWindows() ? c._isatty(STANDARD_ERROR) : c.isatty(STANDARD_ERROR)) != 0;
    } catch (LinkageError | UserException e) {
      return false;
    }
  }

  /** Whether the terminal knows no more than lines of text, as {@code TERM=dumb} says. */
  public static boolean isDumb() {
    return "dumb".equals(System.getenv("TERM"));
  }

  /**
   * How many columns standard error has: as the terminal says, or {@code COLUMNS}, the narrower if
   * both do.
   */
  public static int width() {
    return width(columns(), System.getenv("COLUMNS"));
  }

  /**
   * A width, in columns.
   *
   * @param real what the terminal says; 0 if it doesn't
   * @param told what {@code COLUMNS} says; null if nothing
   */
  static int width(int real, String told) {
    int said = told != null && told.matches("[1-9]\\d{0,4}") ? Integer.parseInt(told) : 0;
    if (real == 0 || said == 0) {
      return real + said == 0 ? USUAL_WIDTH : real + said;
    }
    return Math.min(real, said);
  }

  private static int columns() {
    if (!Platform.isLinux() && !Platform.isMac()) {
      return 0;
    }
    // struct winsize: rows, columns and two of pixels, each an unsigned short.
    try (Memory size = new Memory(8)) {
      size.clear();
      long request = Platform.isMac() ? TIOCGWINSZ_MACOS : TIOCGWINSZ_LINUX;
      int failed = Loaded.LIBRARY.ioctl(STANDARD_ERROR, new NativeLong(request), size);
      return failed == 0 ? Short.toUnsignedInt(size.getShort(2)) : 0;
    } catch (LinkageError e) {
      return 0;
    }
  }
}
