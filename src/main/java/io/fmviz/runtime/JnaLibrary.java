package io.fmviz.runtime;

import com.sun.jna.Platform;
import java.util.List;

/** JNA's own library, which by itself it would unpack at each start, into a folder unlooked at. */
final class JnaLibrary {
  private JnaLibrary() {}

  /** To be called before JNA is used. */
  static void settle() {
    String file = System.mapLibraryName("jnidispatch").replace(".dylib", ".jnilib");
    NativeLibraries.settle(
        "JNA",
        "jna.boot.library.path",
        "jna",
        List.of("com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + file));
  }
}
