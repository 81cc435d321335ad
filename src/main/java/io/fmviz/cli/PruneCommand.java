package io.fmviz.cli;

import io.fmviz.cli.options.FormerName;
import io.fmviz.cli.options.Heading;
import io.fmviz.cli.options.Heading.Under;
import io.fmviz.cli.options.ImageOptions.SplitOption;
import io.fmviz.cli.options.LayersOption;
import io.fmviz.cli.options.OwnOption;
import io.fmviz.cli.options.SetupOptions.CheckpointSetupOptions;
import io.fmviz.cli.options.Usage;
import io.fmviz.dataset.Split;
import io.fmviz.pipeline.prune.PrunePipeline;
import io.fmviz.pipeline.prune.PruneRequest;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "prune",
    description = {
      "Writes a smaller network without the channels that never rise above zero, and proves on all test images that it predicts the same.",
      "Exits with 1, and writes no checkpoint, if more predictions change than are allowed."
    })
@OwnOption(
    option = "--layers",
    text =
        "The convolutions that may lose channels, as names or globs, separated by commas, such as Conv2d_2,Conv2d_3 (default: all).")
@OwnOption(
    option = "--out",
    text = "The folder for the manifest, which holds the result (default: ${DEFAULT-VALUE}).")
@OwnOption(
    option = "--split",
    text = "The images on which a channel must be dead: train, test (default: train).")
@FormerName(was = "--on", option = "--split")
final class PruneCommand implements Callable<Integer> {
  private static final String DEFAULT_FILE = "pruned.safetensors";

  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin CheckpointSetupOptions setup;

  @Option(
      names = "--below",
      paramLabel = "SHARE",
      defaultValue = "0",
      description =
          "Also remove channels that are above zero in less than this share of the images of --split, from 0 to 1 (default: ${DEFAULT-VALUE}).")
  double below;

  @Option(
      names = "--allow-changes",
      paramLabel = "N",
      defaultValue = "0",
      description = "How many predictions for test images may change (default: ${DEFAULT-VALUE}).")
  int allowChanges;

  @Mixin SplitOption split;
  @Mixin LayersOption layers;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description =
          "The checkpoint to write, a safetensors file (default: "
              + DEFAULT_FILE
              + " in the model folder).")
  @Under(Heading.OUTPUT)
  Path to;

  @Override
  public Integer call() throws Exception {
    PruneRequest request =
        Usage.checked(
            spec,
            () ->
                new PruneRequest(
                    setup.setup(null, false),
                    split.or(Split.TRAIN),
                    below,
                    layers.selection(),
                    allowChanges,
                    to == null ? setup.modelFolder().resolve(DEFAULT_FILE) : to));
    Console console = fmviz.console();
    return console.run(() -> PrunePipeline.run(request, console));
  }
}
