package io.fmviz.cli;

import io.fmviz.pipeline.Result;
import io.fmviz.pipeline.Subcommand;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

@Command(
    name = "help",
    parameterListHeading = "%n",
    description = "Lists the commands, or the options of one.")
final class HelpCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;

  @Parameters(
      arity = "0..1",
      paramLabel = "COMMAND",
      completionCandidates = Names.class,
      description = "The command to explain (default: fmviz itself).")
  String command;

  /** What can be explained. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Subcommand.values()).map(Subcommand::toString).iterator();
    }
  }

  /** The page, for {@code --json}. */
  private record Page(String help) implements Result {}

  @Override
  public Integer call() throws Exception {
    CommandLine top = spec.parent().commandLine();
    if (command != null && !top.getSubcommands().containsKey(command)) {
      throw new UnmatchedArgumentException(top, List.of(command));
    }
    String page =
        AllCommands.help().text(command == null ? "" : command, Ansi.AUTO.enabled() && !fmviz.json);
    Console console = fmviz.console();
    return console.run(
        () -> {
          console.page(page.stripTrailing());
          return new Page(page);
        });
  }
}
