package io.fmviz.cli;

import io.fmviz.cli.help.Mistyped;
import io.fmviz.cli.options.FormerName;
import io.fmviz.cli.options.Heading;
import io.fmviz.cli.options.Heading.Under;
import io.fmviz.cli.options.NameConverter;
import io.fmviz.pipeline.Machine;
import io.fmviz.pipeline.Subcommand;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code fmviz}, with the options that every subcommand takes. */
@Command(
    name = "fmviz",
    description = "Shows what a convolutional network sees: its feature maps, as pictures.",
    scope = ScopeType.INHERIT,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage"})
@Under(Heading.EVERYWHERE)
public class FmvizCommand implements Runnable {
  @Spec CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help, and do nothing else.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show the versions of fmviz, DJL and PyTorch, and do nothing else.")
  boolean version;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description =
          "Print the result as one JSON object on standard output, and nothing else there.")
  boolean json;

  @Option(
      names = "--quiet",
      scope = ScopeType.INHERIT,
      description = "Print no progress; results, warnings and errors only.")
  boolean quiet;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description =
          "Also print what a result only counts, the engine's log, and stack traces of errors.")
  boolean verbose;

  private final ResultStream out;
  private final PrintStream err;
  private final Machine machine;
  private final Arguments arguments;

  /**
   * A command line.
   *
   * @param out gets the results
   * @param err gets progress, warnings and errors
   * @param machine what carries it out
   */
  FmvizCommand(ResultStream out, PrintStream err, Machine machine, Arguments arguments) {
    this.out = out;
    this.err = err;
    this.machine = machine;
    this.arguments = arguments;
  }

  /**
   * Parses the arguments and does what they say. Only the command that they name is looked into; of
   * the others, the names are known. Looking into all would take longer than many a command does.
   *
   * @return the exit code
   */
  int execute() {
    CommandLine line = new CommandLine(this);
    String named = arguments.command();
    for (Subcommand each : Subcommand.values()) {
      String name = each.toString();
      line.addSubcommand(name, name.equals(named) ? AllCommands.type(each) : CommandSpec.create());
    }
    line.registerConverter(Path.class, machine::path);
    AllCommands.help().showBy(line);
    CommandLine command = line.getSubcommands().get(named);
    if (command != null) {
      NameConverter.register(command);
      FormerName.Names.accept(command.getCommandSpec());
    }
    return line.setOut(writer(out))
        .setErr(writer(err))
        .setExecutionStrategy(this::execute)
        .setParameterExceptionHandler((e, ignored) -> errors().usage(e))
        .setExecutionExceptionHandler((e, failed, parsed) -> errors().report(e, failed))
        .execute(arguments.words().toArray(String[]::new));
  }

  private int execute(ParseResult parsed) {
    ParseResult named = parsed.subcommand();
    if (named != null) {
      CommandSpec command = named.commandSpec();
      Mistyped.refuse(command);
      if (machine.isCluster() && !named.isUsageHelpRequested()) {
        requireOfCluster(command);
      }
    }
    return new RunLast().execute(parsed);
  }

  private static void requireOfCluster(CommandSpec command) {
    Subcommand asked = Subcommand.named(command.name()).orElseThrow();
    List<Subcommand> known = Subcommand.ofCluster();
    if (!known.contains(asked) && !asked.isAboutFmviz()) {
      throw new ParameterException(
          command.commandLine(),
          "%s is done on one machine, with fmviz.jar: a cluster does %s"
              .formatted(
                  asked,
                  known.stream().map(Subcommand::toString).collect(Collectors.joining(", "))));
    }
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  ErrorReporter errors() {
    return new ErrorReporter(err, verbose, arguments);
  }

  /** What carries commands out. */
  Machine machine() {
    return machine;
  }

  /** The console as the options ask for it. */
  Console console() {
    return new Console(out, err, json, quiet, verbose);
  }

  @Override
  public void run() {
    err.print(AllCommands.help().summary(Ansi.AUTO.enabled()));
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
