package io.fmviz.cli;

import io.fmviz.pipeline.Result;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "generate-completion",
    description = {
      "Prints a script that completes fmviz's commands and options in bash and zsh.",
      "Use it with: source <(fmviz generate-completion)"
    })
final class GenerateCompletionCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;

  /** The script, for {@code --json}. */
  private record Script(String script) implements Result {}

  @Override
  public Integer call() throws Exception {
    String script = AutoComplete.bash("fmviz", spec.root().commandLine());
    Console console = fmviz.console();
    return console.run(
        () -> {
          console.result(script);
          return new Script(script);
        });
  }
}
