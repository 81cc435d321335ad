package io.fmviz.runtime;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/** The environment that native libraries see; Java's own view of it stays as it was. */
public final class ProcessEnvironment {
  private ProcessEnvironment() {}

  /**
   * Sets a variable before a native library that reads it is loaded. On Windows nothing is done.
   *
   * @return whether libraries will see it
   */
  public static boolean set(String name, String value) {
    if (value.equals(System.getenv(name))) {
      return true;
    }
    if (Platform.isWindows()) {
      return false;
    }
    JnaLibrary.settle();
    try {
      Object[] arguments = {name, value, 1};
      return NativeLibrary.getInstance(Platform.C_LIBRARY_NAME)
              .getFunction("setenv")
              .invokeInt(arguments)
          == 0;
    } catch (LinkageError e) {
      return false;
    }
  }
}
