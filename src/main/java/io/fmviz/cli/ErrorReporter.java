package io.fmviz.cli;

import io.fmviz.base.FailureReport;
import io.fmviz.base.FileNames;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Nearest;
import io.fmviz.base.UserException;
import io.fmviz.cli.help.Hints;
import io.fmviz.cli.help.Mistyped;
import io.fmviz.cli.options.FormerName;
import io.fmviz.cli.options.SettingNames;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line on standard error, and into an exit code. */
record ErrorReporter(PrintStream err, boolean verbose, Arguments arguments) {
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
                FormerName.Names.asTyped(message, command.getCommandSpec(), arguments.words()),
                command.getCommandSpec().qualifiedName()));
    return ExitCode.USAGE;
  }

  private static String unmatched(UnmatchedArgumentException e, CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    String typed = Mistyped.in(spec).orElse(e.getUnmatched().get(0));
    if (typed.startsWith("-")) {
      String name = typed.replaceFirst("=.*", "");
      return "Unknown option: '%s'%s"
          .formatted(name, Nearest.hint(Hints.options(name, spec, AllCommands.types())));
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
    FailureReport report = new FailureReport(e, verbose);
    err.println("fmviz: " + UserException.plain(SettingNames.in(message(report))));
    err.print(SettingNames.in(report.trace()));
    return ExitCode.SOFTWARE;
  }

  private static String message(FailureReport report) {
    if (report.failure() instanceof UserException e) {
      return e.getMessage();
    }
    if (report.failure() instanceof InvalidPathException e) {
      return FileNames.unknown("\"" + e.getInput() + "\"").getMessage();
    }
    return report.line();
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
