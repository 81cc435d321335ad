package io.fmviz.serve;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Locale;

/** Opens an address in a person's browser, if there is one. */
final class Browser {
  private Browser() {}

  /** Whether a program was found that may open it; the address is printed anyway. */
  static boolean open(String address) {
    try {
      new ProcessBuilder(command(System.getProperty("os.name"), address))
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** No shell sees the address. */
  static List<String> command(String system, String address) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.contains("win")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler", address);
    }
    return List.of(name.contains("mac") ? "open" : "xdg-open", address);
  }
}
