package io.fmviz.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine;

/** Starts fmviz. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    // fmviz speaks English everywhere: its numbers must not change their points with the country.
    Locale.setDefault(Locale.ROOT);
    // Pictures are read and written, no window is opened.
    System.setProperty("java.awt.headless", "true");
    if (Arrays.asList(args).contains("--verbose")) {
      // Read by slf4j-simple when the engine's first logger is made.
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
    }
    Thread loading = EngineAhead.load(args);
    int exitCode = run(System.out, System.err, args);
    if (loading != null) {
      // A process that ends while it loads a library could crash.
      loading.join();
    }
    System.exit(exitCode);
  }

  /**
   * Runs one command line.
   *
   * @param out gets the results
   * @param err gets progress, warnings and errors
   * @return 0 done, 1 failed, 2 wrong usage
   */
  static int run(PrintStream out, PrintStream err, String... args) {
    String help = HelpPage.of(args);
    if (help != null) {
      out.print(help);
      out.flush();
      return 0;
    }
    FmvizCommand fmviz = new FmvizCommand(out, err);
    CommandLine line = fmviz.commandLine(args);
    try {
      return line.execute(args);
    } catch (Error e) {
      return fmviz.errors().report(e);
    }
  }
}
