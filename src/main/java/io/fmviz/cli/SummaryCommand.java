package io.fmviz.cli;

import io.fmviz.pipeline.CheckpointRequest;
import io.fmviz.pipeline.SummaryPipeline;
import io.fmviz.pipeline.SummaryRequest;
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
    description = "The network's layers, output shapes, parameters and memory.")
final class SummaryCommand implements Callable<Integer> {
  private static final int DEFAULT_BASE = 32;

  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin ModelFolderOption modelFolder;

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = {
        "A name in the model folder, such as epoch_0, or a file: safetensors, a PyTorch state dict"
            + " (.pth), or .npz",
        "(default: a fresh network)."
      })
  String checkpoint;

  @Option(
      names = "--base-channels",
      paramLabel = "N",
      description =
          "Channels of a fresh network's first convolution; the others have two and four times as many (default: "
              + DEFAULT_BASE
              + ").")
  Integer baseChannels;

  @Override
  public Integer call() throws Exception {
    if (checkpoint != null && baseChannels != null) {
      throw new ParameterException(
          spec.commandLine(), "--checkpoint has its own widths: leave --base-channels out");
    }
    SummaryRequest request =
        Usage.checked(
            spec,
            () ->
                new SummaryRequest(
                    checkpoint == null
                        ? null
                        : new CheckpointRequest(checkpoint, modelFolder.folder),
                    baseChannels == null ? DEFAULT_BASE : baseChannels));
    Console console = fmviz.console();
    return console.run(() -> SummaryPipeline.run(request, console));
  }
}
