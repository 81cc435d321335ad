package io.fmviz.cli;

import io.fmviz.cli.CommandGroup.In;
import io.fmviz.pipeline.summary.SummaryPipeline;
import io.fmviz.pipeline.summary.SummaryRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@In(CommandGroup.UNDERSTAND)
@Command(
    name = "summary",
    description = "Lists the network's layers, output shapes, parameters and memory.")
@OwnText(option = "--checkpoint", byDefault = "a fresh network")
final class SummaryCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin NetworkOptions network;
  @Mixin BaseChannelsOption base;

  @Option(
      names = "--depth",
      paramLabel = "N",
      description =
          "Fold what lies deeper in the network's paths than N modules into one row each (default: every layer).")
  Integer depth;

  @Override
  public Integer call() throws Exception {
    if (network.isNamed()
        && spec.commandLine().getParseResult().hasMatchedOption("--base-channels")) {
      throw new ParameterException(
          spec.commandLine(), "--checkpoint has its own widths: leave --base-channels out");
    }
    SummaryRequest request =
        Usage.checked(
            spec,
            () ->
                new SummaryRequest(
                    network.isNamed() ? network.request() : null, base.channels, depth));
    Console console = fmviz.console();
    return console.run(() -> SummaryPipeline.run(request, console));
  }
}
