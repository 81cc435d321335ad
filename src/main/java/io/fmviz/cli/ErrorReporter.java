package io.fmviz.cli;

import io.fmviz.base.FileNames;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Nearest;
import io.fmviz.base.UserException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.InvalidPathException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns what went wrong into one line on standard error, and into an exit code.
 *
 * @param arguments of the command line
 */
record ErrorReporter(PrintStream err, boolean verbose, List<String> arguments) {
  /** Results that could not be written; nothing is said where nobody reads. */
  int lost(ResultStream out) {
    IOException cause = out.failure();
    return out.isClosedPipe()
        ? ExitCode.SOFTWARE
        : report(
            new UserException(
                "cannot write standard output: " + UserException.reason(cause), cause));
  }

  /** Wrong usage: what is wrong, what was perhaps meant, and where to read on. */
  int usage(ParameterException e) {
    CommandLine command = e.getCommandLine();
    String message =
        e instanceof UnmatchedArgumentException unmatched
            ? unmatched(unmatched, command)
            : firstLine(e.getMessage());
    err.println(
        "fmviz: %s (see %s --help)"
            .formatted(
                FormerName.Names.asTyped(message, command.getCommandSpec(), arguments),
                command.getCommandSpec().qualifiedName()));
    return ExitCode.USAGE;
  }

  private static String unmatched(UnmatchedArgumentException e, CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    String typed = Mistyped.in(spec).orElse(e.getUnmatched().get(0));
    if (typed.startsWith("-")) {
      String name = typed.replaceFirst("=.*", "");
      return "Unknown option: '%s'%s".formatted(name, Nearest.hint(Hints.options(name, spec)));
    }
    return command.getSubcommands().isEmpty()
        ? firstLine(e.getMessage()) + Nearest.hint(Hints.plain(typed, spec))
        : "there is no command " + typed + Nearest.hint(Hints.commands(typed, spec));
  }

  /** A failure; wrong usage too, where only a network or images tell that a value can't be. */
  int report(Throwable e, CommandLine failed) {
    if (e instanceof ResultStream.LostException) {
      return ExitCode.SOFTWARE; // It is told when all else is.
    }
    return e instanceof InvalidValueException
        ? usage(
            new ParameterException(failed, UserException.plain(SettingNames.in(e.getMessage())), e))
        : report(e);
  }

  /** A failure. */
  int report(Throwable e) {
    err.println("fmviz: " + message(e));
    if (verbose) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      err.print(SettingNames.in(trace.toString()));
    }
    return ExitCode.SOFTWARE;
  }

  private String message(Throwable e) {
    if (e instanceof UserException) {
      return UserException.plain(SettingNames.in(e.getMessage()));
    }
    if (e instanceof InvalidPathException invalid) {
      return FileNames.unknown("\"" + invalid.getInput() + "\"").getMessage();
    }
    if (e instanceof OutOfMemoryError) {
      return "out of memory; give Java more with java -Xmx, or take smaller batches";
    }
    String what = e.getMessage() == null ? e.getClass().getSimpleName() : firstLine(e.getMessage());
    return "unexpected: " + what + (verbose ? "" : "; --verbose shows where");
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
