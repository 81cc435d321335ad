package io.fmviz.cli;

import io.fmviz.pipeline.Machine;
import java.util.List;
import picocli.CommandLine.Command;

/**
 * {@code fmviz} with all its commands, as help, manual pages and completion show it: nothing is
 * parsed with it.
 */
@Command(
    modelTransformer = HelpModel.class,
    subcommands = {
      TrainCommand.class,
      RunCommand.class,
      VisualizeCommand.class,
      CompareCommand.class,
      KernelsCommand.class,
      FilmstripCommand.class,
      ServeCommand.class,
      SummaryCommand.class,
      EvaluateCommand.class,
      DeadCommand.class,
      TopCommand.class,
      AblateCommand.class,
      CamCommand.class,
      PruneCommand.class,
      ExportCommand.class,
      GenerateCompletionCommand.class,
      HelpCommand.class
    })
public final class AllCommands extends FmvizCommand {
  public AllCommands() {
    super(ResultStream.standardOutput(), System.err, Machine.HERE);
  }

  /** The commands, in the order of the help. */
  static List<Class<?>> types() {
    return List.of(AllCommands.class.getAnnotation(Command.class).subcommands());
  }

  static String nameOf(Class<?> type) {
    return type.getAnnotation(Command.class).name();
  }
}
