package io.fmviz.cli;

import java.io.PrintStream;
import java.util.Locale;
import picocli.CommandLine;

/** Starts fmviz. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    // fmviz speaks English everywhere: its numbers must not change their points with the country.
    Locale.setDefault(Locale.ROOT);
    // Pictures are read and written, no window is opened.
    System.setProperty("java.awt.headless", "true");
    System.exit(run(System.out, System.err, args));
  }

  /**
   * Runs one command line.
   *
   * @param out gets the results
   * @param err gets progress, warnings and errors
   * @return 0 done, 1 failed, 2 wrong usage
   */
  static int run(PrintStream out, PrintStream err, String... args) {
    FmvizCommand fmviz = new FmvizCommand(out, err);
    CommandLine line = fmviz.commandLine(args);
    try {
      return line.execute(args);
    } catch (Error e) {
      return fmviz.errors().report(e);
    }
  }
}
