package io.fmviz.jar;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts processes that heed Ctrl-C. Those of a shell in the background, of nohup and of many a
 * runner ignore SIGINT, and so do all that they start, unless it is set back in between.
 */
final class Interrupt {
  /** What sets it back: of GNU coreutils since 8.31, and Perl elsewhere, as on macOS. */
  private static final List<List<String>> WAYS =
      List.of(
          List.of("env", "--default-signal=INT"),
          List.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; exec @ARGV or die"));

  private Interrupt() {}

  static List<String> heeded(List<String> command) throws InterruptedException {
    for (List<String> way : WAYS) {
      if (works(joined(way, List.of("true")))) {
        return joined(way, command);
      }
    }
    throw new AssertionError("neither env --default-signal nor perl is here to start " + command);
  }

  private static boolean works(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
