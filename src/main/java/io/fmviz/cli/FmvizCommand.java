package io.fmviz.cli;

import io.fmviz.analysis.cam.CamMethod;
import io.fmviz.cli.Heading.Under;
import io.fmviz.dataset.Split;
import io.fmviz.dataset.mnist.DatasetChoice;
import io.fmviz.dataset.photo.Fit;
import io.fmviz.dataset.photo.Interpolation;
import io.fmviz.dataset.photo.Layout;
import io.fmviz.image.Colormap;
import io.fmviz.image.Normalize;
import io.fmviz.pipeline.Machine;
import io.fmviz.pipeline.MapsFormat;
import io.fmviz.pipeline.compare.ChannelOrder;
import io.fmviz.pipeline.kernels.KernelView;
import io.fmviz.pipeline.visualize.VisualizeRequest.Capture;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
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
  /** What options take by name. */
  private static final List<Class<? extends Enum<?>>> NAMED =
      List.of(
          DatasetChoice.class,
          Split.class,
          Normalize.class,
          Colormap.class,
          CamMethod.class,
          Capture.class,
          MapsFormat.class,
          ChannelOrder.class,
          Fit.class,
          Interpolation.class,
          Layout.class,
          io.fmviz.dataset.photo.ChannelOrder.class,
          KernelView.class);

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
      description = "Also print the engine's log, and stack traces of errors.")
  boolean verbose;

  private final ResultStream out;
  private final PrintStream err;
  private final Machine machine;
  private List<String> arguments = List.of();

  FmvizCommand(ResultStream out, PrintStream err, Machine machine) {
    this.out = out;
    this.err = err;
    this.machine = machine;
  }

  /**
   * The command line for some arguments. Only the command that they name is looked into; of the
   * others, the name and description are known. Looking into all would take longer than many a
   * command does.
   */
  CommandLine commandLine(String... args) {
    arguments = List.of(args);
    String named = named(args);
    CommandLine line = new CommandLine(this);
    for (Class<?> type : AllCommands.types()) {
      Command command = type.getAnnotation(Command.class);
      line.addSubcommand(command.name(), command.name().equals(named) ? type : outline(command));
    }
    for (Class<? extends Enum<?>> type : NAMED) {
      register(line, type);
    }
    line.registerConverter(Path.class, machine::path);
    HelpPage.showBy(line);
    CommandLine known = line.getSubcommands().get(named);
    if (known != null) {
      FormerName.Names.accept(known.getCommandSpec());
    }
    return line.setOut(writer(out))
        .setErr(writer(err))
        .setExecutionStrategy(this::execute)
        .setParameterExceptionHandler((e, ignored) -> errors().usage(e))
        .setExecutionExceptionHandler((e, failed, parsed) -> errors().report(e, failed));
  }

  private int execute(ParseResult parsed) {
    ParseResult named = parsed.subcommand();
    if (named != null) {
      Mistyped.refuse(named.commandSpec());
    }
    List<String> known = machine.commands();
    if (named != null && !known.isEmpty() && !named.isUsageHelpRequested()) {
      CommandSpec command = named.commandSpec();
      if (isAtWork(command) && !known.contains(command.name())) {
        throw new ParameterException(
            command.commandLine(),
            "%s is done on one machine, with fmviz.jar: a cluster does %s"
                .formatted(command.name(), String.join(", ", known)));
      }
    }
    return new RunLast().execute(parsed);
  }

  /** Whether a command does more than to tell of fmviz itself. */
  private static boolean isAtWork(CommandSpec command) {
    return !(command.userObject() instanceof HelpCommand
        || command.userObject() instanceof GenerateCompletionCommand);
  }

  /** The command that arguments name; empty if they name none. */
  static String named(String... args) {
    for (String arg : args) {
      if (!arg.startsWith("-")) {
        return arg;
      }
    }
    return "";
  }

  private static CommandSpec outline(Command command) {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().description(command.description());
    return spec;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // a list can't say that each type is of itself
  private static void register(CommandLine line, Class<? extends Enum<?>> type) {
    line.registerConverter((Class) type, new NameConverter(type));
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
    return new Console(out, err, json, quiet);
  }

  @Override
  public void run() {
    err.print(HelpPage.summary(Ansi.AUTO.enabled()));
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
