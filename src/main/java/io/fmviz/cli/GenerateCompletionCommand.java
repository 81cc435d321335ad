package io.fmviz.cli;

import io.fmviz.cli.help.Completion;
import io.fmviz.pipeline.Result;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "generate-completion",
    description = {
      "Prints a script that completes fmviz's commands and options in bash and zsh.",
      "Use it with: source <(fmviz generate-completion)"
    })
final class GenerateCompletionCommand implements Callable<Integer> {
  @ParentCommand FmvizCommand fmviz;

  /** The script, for {@code --json}. */
  private record Script(String script) implements Result {}

  @Override
  public Integer call() throws Exception {
    String script = Completion.script(AllCommands.line());
    Console console = fmviz.console();
    return console.run(
        () -> {
          console.page(script);
          return new Script(script);
        });
  }
}
