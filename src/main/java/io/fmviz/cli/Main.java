package io.fmviz.cli;

import io.fmviz.base.UserException;
import io.fmviz.cli.help.HelpPages;
import io.fmviz.pipeline.Machine;
import io.fmviz.runtime.EngineLoader;
import io.fmviz.runtime.Interruption;
import io.fmviz.runtime.Terminal;
import java.io.PrintStream;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

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
    Arguments arguments = Arguments.of(args);
    if (arguments.isVerbose()) {
      // Read by slf4j-simple when the engine's first logger is made.
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
    }
    if (Terminal.isDumb()) {
      System.setProperty("picocli.ansi", "false");
    }
    ResultStream out = ResultStream.standardOutput();
    int exitCode;
    try {
      arguments.requireTyped();
      if (arguments.needTorch()) {
        EngineLoader.ahead();
      }
      exitCode = run(machine, out, System.err, arguments);
    } catch (UserException e) {
      exitCode = new ErrorReporter(System.err, false, arguments).report(e);
    }
    // A process that ends while it loads a library could crash.
    EngineLoader.rest();
    return exitCode;
  }

  /**
   * Runs one command line.
   *
   * @param machine what carries it out
   * @param out gets the results
   * @param err gets progress, warnings and errors
   * @return 0 done, 1 failed, 2 wrong usage
   */
  static int run(Machine machine, ResultStream out, PrintStream err, Arguments arguments) {
    FmvizCommand fmviz = new FmvizCommand(out, err, machine, arguments);
    int exitCode = execute(fmviz, out, arguments);
    return out.failure() == null ? exitCode : fmviz.errors().lost(out);
  }

  private static int execute(FmvizCommand fmviz, ResultStream out, Arguments arguments) {
    String command = arguments.helpOf();
    String help = command == null ? null : HelpPages.written(command, Ansi.AUTO.enabled());
    if (help != null) {
      out.print(help);
      return 0;
    }
    try {
      return fmviz.execute();
    } catch (Error e) {
      return fmviz.errors().report(e);
    }
  }
}
