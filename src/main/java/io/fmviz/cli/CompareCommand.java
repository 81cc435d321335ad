package io.fmviz.cli;

import io.fmviz.cli.options.DrawingOptions;
import io.fmviz.cli.options.DrawingOptions.MapsOption;
import io.fmviz.cli.options.DrawingOptions.NormalizeOption;
import io.fmviz.cli.options.FormerName;
import io.fmviz.cli.options.ImageOptions;
import io.fmviz.cli.options.LayersOption;
import io.fmviz.cli.options.OwnOption;
import io.fmviz.cli.options.SetupOptions;
import io.fmviz.cli.options.Usage;
import io.fmviz.pipeline.compare.ChannelOrder;
import io.fmviz.pipeline.compare.ComparePipeline;
import io.fmviz.pipeline.compare.CompareRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "compare",
    defaultValueProvider = OwnOption.DefaultValues.class,
    description = {
      "Shows what a layer makes of many images, side by side: for each layer a sheet with a row for each image and a column for each channel.",
      "Columns of dead channels are framed."
    })
// A sheet is looked at, not compared with torchvision's pictures.
@OwnOption(option = "--pad-value", defaultValue = "1")
@OwnOption(option = "--normalize", defaultValue = "layer")
@OwnOption(option = "--colormap", defaultValue = "viridis")
@OwnOption(option = "--layers", byDefault = "the activations, such as ReLU")
@FormerName(was = "--indices", option = "--index")
@OwnOption(option = "--scale", byDefault = "2 for the classifier, auto for others")
final class CompareCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin SetupOptions setup;
  @Mixin ImageOptions images;
  @Mixin LayersOption layers;

  @Option(
      names = "--sort",
      paramLabel = "HOW",
      defaultValue = "channel",
      description =
          "The order of the columns: channel, by number; activity, by the channels' means over the images, the largest first (default: ${DEFAULT-VALUE}).")
  ChannelOrder order;

  @Mixin MapsOption maps;
  @Mixin DrawingOptions drawing;
  @Mixin NormalizeOption normalize;

  @Override
  public Integer call() throws Exception {
    CompareRequest request =
        Usage.checked(
            spec,
            () ->
                new CompareRequest(
                    setup.setup(),
                    images.choice(),
                    layers.selection(),
                    maps.choice(),
                    order,
                    drawing.choice(null, normalize.normalize(), false)));
    Console console = fmviz.console();
    return console.run(() -> ComparePipeline.run(request, console));
  }
}
