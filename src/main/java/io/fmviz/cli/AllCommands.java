package io.fmviz.cli;

import io.fmviz.cli.help.HelpModel;
import io.fmviz.cli.help.HelpPages;
import io.fmviz.pipeline.Machine;
import io.fmviz.pipeline.Subcommand;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code fmviz} with all its commands, as help, manual pages and completion show it: nothing is
 * parsed with it.
 */
@Command(modelTransformer = AllCommands.Added.class)
public final class AllCommands extends FmvizCommand {
  public AllCommands() {
    super(ResultStream.standardOutput(), System.err, Machine.HERE, Arguments.of());
  }

  /** Adds the commands. */
  static final class Added extends HelpModel {
    @Override
    public CommandSpec transform(CommandSpec command) {
      if (command.parent() == null) {
        for (Subcommand each : Subcommand.values()) {
          command.addSubcommand(each.toString(), new CommandLine(type(each)));
        }
      }
      return super.transform(command);
    }
  }

  /** The class of a command. */
  static Class<?> type(Subcommand command) {
    StringBuilder name = new StringBuilder("io.fmviz.cli.");
    for (String word : command.toString().split("-", -1)) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    try {
      return Class.forName(name + "Command");
    } catch (ClassNotFoundException e) {
      throw new LinkageError("the jar lacks the command " + command, e);
    }
  }

  /** The classes of all commands. */
  static List<Class<?>> types() {
    return Arrays.stream(Subcommand.values()).<Class<?>>map(AllCommands::type).toList();
  }

  /** {@code fmviz} as a command line. */
  static CommandLine line() {
    return new CommandLine(new AllCommands());
  }

  static HelpPages help() {
    return new HelpPages(AllCommands::line);
  }
}
