package io.fmviz.cli;

import java.util.List;
import picocli.CommandLine.Command;

/**
 * {@code fmviz} with all its commands, for picocli's generators, which look at the options only.
 */
@Command(
    subcommands = {
      TrainCommand.class,
      VisualizeCommand.class,
      RunCommand.class,
      EvaluateCommand.class,
      SummaryCommand.class,
      ExportCommand.class,
      KernelsCommand.class,
      CompareCommand.class,
      TopCommand.class,
      FilmstripCommand.class,
      DeadCommand.class,
      PruneCommand.class,
      AblateCommand.class,
      GenerateCompletionCommand.class
    })
public final class AllCommands extends FmvizCommand {
  public AllCommands() {
    super(System.out, System.err);
  }

  /** The commands, in the order of the help. */
  static List<Class<?>> types() {
    return List.of(AllCommands.class.getAnnotation(Command.class).subcommands());
  }
}
