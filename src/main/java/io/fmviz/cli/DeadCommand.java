package io.fmviz.cli;

import io.fmviz.cli.options.FormerName;
import io.fmviz.cli.options.ImageOptions.SamplesOption;
import io.fmviz.cli.options.ImageOptions.SplitOption;
import io.fmviz.cli.options.LayersOption;
import io.fmviz.cli.options.OwnOption;
import io.fmviz.cli.options.SetupOptions;
import io.fmviz.cli.options.Usage;
import io.fmviz.pipeline.dead.DeadPipeline;
import io.fmviz.pipeline.dead.DeadRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "dead",
    description = {
      "Finds the channels that never rise above zero, whatever the image: a table, and for each"
          + " layer a picture of the channels' activity by class.",
      "Channels are counted from 0. Those that are almost dead or always on are counted; --verbose"
          + " and --json list them too."
    })
@OwnOption(
    option = "--layers",
    byDefault = "the activations, such as ReLU, and the convolutions before them")
@OwnOption(option = "--samples", text = "How many images at most, from the first (default: all).")
@FormerName(was = "--limit", option = "--samples")
final class DeadCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin SetupOptions setup;

  @Option(
      names = "--below",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      description =
          "A channel that is above zero in less than this share of the images, from 0 to 1, is"
              + " almost dead (default: ${DEFAULT-VALUE}).")
  double below;

  @Option(
      names = "--channels",
      description =
          "Also print a table of every channel: its largest value, and the shares of images and"
              + " pixels in which it is above zero.")
  boolean channels;

  @Option(
      names = "--fail-on-dead",
      paramLabel = "PERCENT",
      description =
          "Exit with 1 if more than this percentage of a layer's channels are dead (default:"
              + " never).")
  Double failOnDead;

  @Mixin SplitOption split;
  @Mixin SamplesOption samples;
  @Mixin LayersOption layers;

  @Override
  public Integer call() throws Exception {
    DeadRequest request =
        Usage.checked(
            spec,
            () ->
                new DeadRequest(
                    setup.setup(),
                    split.split(setup.setup()),
                    samples.samples(),
                    layers.selection(),
                    below,
                    channels,
                    failOnDead));
    Console console = fmviz.console();
    return console.run(() -> DeadPipeline.run(request, fmviz.machine(), console));
  }
}
