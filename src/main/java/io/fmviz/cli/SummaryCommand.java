package io.fmviz.cli;

import io.fmviz.cli.options.NetworkOptions;
import io.fmviz.cli.options.NetworkOptions.BaseChannelsOption;
import io.fmviz.cli.options.OwnOption;
import io.fmviz.cli.options.Usage;
import io.fmviz.pipeline.NetworkRequest;
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

@Command(
    name = "summary",
    description = "Lists the network's layers, output shapes, parameters and memory.")
@OwnOption(
    option = "--checkpoint",
    byDefault = "the one written last, or an untrained network if there is none")
final class SummaryCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin NetworkOptions network;
  @Mixin BaseChannelsOption base;

  @Option(
      names = "--depth",
      paramLabel = "N",
      description =
          "Fold what lies more than N modules deep in the network's paths into one row each (default: every layer).")
  Integer depth;

  /** The network that is named, or else the newest checkpoint; null where there is none. */
  private NetworkRequest newest() {
    NetworkRequest request = network.request();
    return isGiven("--model-dir") || request.isThere() ? request : null;
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  @Override
  public Integer call() throws Exception {
    boolean isFresh = isGiven("--base-channels");
    if (network.isNamed() && isFresh) {
      throw new ParameterException(
          spec.commandLine(), "--checkpoint has its own widths: leave --base-channels out");
    }
    SummaryRequest request =
        Usage.checked(
            spec, () -> new SummaryRequest(isFresh ? null : newest(), base.widths(), depth));
    Console console = fmviz.console();
    return console.run(() -> SummaryPipeline.run(request, console));
  }
}
