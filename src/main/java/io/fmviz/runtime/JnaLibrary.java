package io.fmviz.runtime;

import com.sun.jna.Platform;
import java.util.List;

/** JNA's own library, which by itself it would unpack at each start, into a folder unlooked at. */
final class JnaLibrary {
  private static final String FOLDER = "jna.boot.library.path";
  private static final String TEMPORARY = "jna.tmpdir";

  private JnaLibrary() {}

  /** To be called before JNA is used. */
  static void settle() {
    String file = System.mapLibraryName("jnidispatch").replace(".dylib", ".jnilib");
    NativeLibraries.settle(
        "JNA", FOLDER, "jna", List.of("com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + file));
    // As it starts JNA makes its folder for temporary files, without a home in the working folder.
    if (System.getProperty(TEMPORARY) == null && System.getProperty(FOLDER) != null) {
      System.setProperty(TEMPORARY, System.getProperty(FOLDER));
    }
  }
}
