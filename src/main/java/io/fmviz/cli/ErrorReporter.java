package io.fmviz.cli;

import io.fmviz.base.FileNames;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.UserException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.InvalidPathException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line on standard error, and into an exit code. */
record ErrorReporter(PrintStream err, boolean verbose) {
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
    String message = firstLine(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      if (!command.getSubcommands().isEmpty() && !unmatched.isUnknownOption()) {
        message = "there is no command " + unmatched.getUnmatched().get(0);
      }
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        message += "; did you mean " + String.join(" or ", suggestions) + "?";
      }
    }
    err.println(
        "fmviz: %s (see %s --help)".formatted(message, command.getCommandSpec().qualifiedName()));
    return ExitCode.USAGE;
  }

  /** A failure; wrong usage too, where only a network or images tell that a value can't be. */
  int report(Throwable e, CommandLine failed) {
    if (e instanceof ResultStream.LostException) {
      return ExitCode.SOFTWARE; // It is told when all else is.
    }
    return e instanceof InvalidValueException
        ? usage(new ParameterException(failed, SettingNames.in(e.getMessage()), e))
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
      return SettingNames.in(e.getMessage());
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
