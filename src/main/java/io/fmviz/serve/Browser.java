package io.fmviz.serve;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * A person's browser, if there is one. Everybody on a machine can read the arguments of what runs
 * there: it is started with no secret in them.
 *
 * @param isLinux where browsers are confined in several ways
 * @param opener what is run, with the address behind it; no shell sees that
 * @param environment the value of a variable, or null
 * @param handler the desktop file that opens a kind of content; empty where that isn't known
 */
record Browser(
    boolean isLinux,
    List<String> opener,
    UnaryOperator<String> environment,
    UnaryOperator<String> handler) {
  private static final List<String> CONFINED =
      List.of("/var/lib/snapd/desktop/applications", "/var/lib/flatpak/exports/share/applications");

  static Browser ofUser() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return new Browser(system.contains("linux"), opener(system), System::getenv, Browser::asked);
  }

  static List<String> opener(String system) {
    if (system.startsWith("win")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler");
    }
    return List.of(system.startsWith("mac") ? "open" : "xdg-open");
  }

  private static String asked(String kind) {
    return ProcessOutput.of(List.of("xdg-mime", "query", "default", kind));
  }

  /** Whether a program was found that may open it; the address is printed anyway. */
  boolean open(String address) {
    try {
      List<String> command = new ArrayList<>(opener);
      command.add(address);
      new ProcessBuilder(command)
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Why it wouldn't show a file of the user's alone; null if it would. A confined browser has a
   * temporary folder of its own, one outside of WSL another file system, and an editor isn't one.
   */
  String cannotRead() {
    if (!isLinux) {
      return null;
    }
    if (environment.apply("WSL_DISTRO_NAME") != null) {
      return "the browser is outside of WSL";
    }
    String page = handler.apply("text/html");
    String link = handler.apply("x-scheme-handler/http");
    if (!page.isEmpty() && !link.isEmpty() && !page.equals(link)) {
      return "web pages in files are not opened by the browser here";
    }
    String named = environment.apply("BROWSER");
    boolean isSnap = named != null && named.contains("/snap/");
    if (isSnap || isConfined(page) || isConfined(link)) {
      return "the browser is a snap or a flatpak, which can't read other programs' files";
    }
    return null;
  }

  private static boolean isConfined(String desktopFile) {
    return desktopFile.matches("[A-Za-z0-9._-]+\\.desktop")
        && CONFINED.stream().anyMatch(f -> Path.of(f, desktopFile).toFile().exists());
  }
}
