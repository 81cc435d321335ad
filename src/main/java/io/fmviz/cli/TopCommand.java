package io.fmviz.cli;

import io.fmviz.cli.options.DrawingOptions.MapsOption;
import io.fmviz.cli.options.DrawingOptions.ScaleOption;
import io.fmviz.cli.options.FormerName;
import io.fmviz.cli.options.ImageOptions.SamplesOption;
import io.fmviz.cli.options.ImageOptions.SplitOption;
import io.fmviz.cli.options.LayersOption;
import io.fmviz.cli.options.OwnOption;
import io.fmviz.cli.options.SetupOptions;
import io.fmviz.cli.options.Usage;
import io.fmviz.pipeline.top.TopPipeline;
import io.fmviz.pipeline.top.TopRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "top",
    description = {
      "Shows what each channel responds to: the images with its highest responses, cropped to what the strongest position sees, its receptive field.",
      "There is a sheet for each layer, with a row for each channel. Channels are counted from 0."
    })
@OwnOption(option = "--layers", byDefault = "the activations, such as ReLU")
@OwnOption(option = "--maps", byDefault = "all; of networks of your own, the first 256")
@OwnOption(option = "--scale", byDefault = "so that a crop is about 36 pixels wide")
@OwnOption(option = "--samples", text = "How many images at most, from the first (default: all).")
@FormerName(was = "--limit", option = "--samples")
final class TopCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin SetupOptions setup;

  @Option(
      names = "--count",
      paramLabel = "K",
      defaultValue = "9",
      description = "Images for each channel (default: ${DEFAULT-VALUE}).")
  int count;

  @Mixin SplitOption split;
  @Mixin SamplesOption samples;
  @Mixin LayersOption layers;
  @Mixin MapsOption maps;
  @Mixin ScaleOption scale;

  @Override
  public Integer call() throws Exception {
    TopRequest request =
        Usage.checked(
            spec,
            () ->
                new TopRequest(
                    setup.setup(),
                    split.split(setup.setup()),
                    samples.samples(),
                    layers.selection(),
                    maps.choice(),
                    count,
                    scale.number()));
    Console console = fmviz.console();
    return console.run(() -> TopPipeline.run(request, fmviz.machine(), console));
  }
}
