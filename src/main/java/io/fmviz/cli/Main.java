package io.fmviz.cli;

import io.fmviz.base.FileNames;
import io.fmviz.base.UserException;
import io.fmviz.pipeline.Machine;
import io.fmviz.runtime.EngineLoader;
import io.fmviz.runtime.Interruption;
import io.fmviz.runtime.Terminal;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Starts fmviz. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    Interruption.heed();
    System.exit(start(Machine.HERE, args));
  }

  /**
   * Runs one command line on a machine, with standard output and error.
   *
   * @return the exit code: 0 done, 1 failed, 2 wrong usage
   */
  public static int start(Machine machine, String... args) throws InterruptedException {
    // fmviz speaks English everywhere: its numbers must not change their points with the country.
    Locale.setDefault(Locale.ROOT);
    // Pictures are read and written, no window is opened.
    System.setProperty("java.awt.headless", "true");
    // Threads that log while slf4j begins are no news for anybody.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    if (Arrays.asList(args).contains("--verbose")) {
      // Read by slf4j-simple when the engine's first logger is made.
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
    }
    if (Terminal.isDumb()) {
      System.setProperty("picocli.ansi", "false");
    }
    ResultStream out = ResultStream.standardOutput();
    int exitCode;
    try {
      FileNames.requireTyped(args);
      EnginePreload.load(args);
      exitCode = run(machine, out, System.err, args);
    } catch (UserException e) {
      exitCode = new ErrorReporter(System.err, false, List.of()).report(e);
    }
    // A process that ends while it loads a library could crash.
    EngineLoader.rest();
    return exitCode;
  }

  /** Runs one command line on this machine. */
  static int run(ResultStream out, PrintStream err, String... args) {
    return run(Machine.HERE, out, err, args);
  }

  /**
   * Runs one command line.
   *
   * @param machine what carries it out
   * @param out gets the results
   * @param err gets progress, warnings and errors
   * @return 0 done, 1 failed, 2 wrong usage
   */
  static int run(Machine machine, ResultStream out, PrintStream err, String... args) {
    FmvizCommand fmviz = new FmvizCommand(out, err, machine);
    int exitCode = execute(fmviz, out, args);
    return out.failure() == null ? exitCode : fmviz.errors().lost(out);
  }

  private static int execute(FmvizCommand fmviz, ResultStream out, String... args) {
    String help = HelpPage.of(args);
    if (help != null) {
      out.print(help);
      return 0;
    }
    try {
      return fmviz.commandLine(args).execute(args);
    } catch (Error e) {
      return fmviz.errors().report(e);
    }
  }
}
