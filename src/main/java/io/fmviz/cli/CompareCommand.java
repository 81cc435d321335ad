package io.fmviz.cli;

import io.fmviz.cli.CommandGroup.In;
import io.fmviz.pipeline.compare.ChannelOrder;
import io.fmviz.pipeline.compare.ComparePipeline;
import io.fmviz.pipeline.compare.CompareRequest;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@In(CommandGroup.LOOK)
@Command(
    name = "compare",
    defaultValueProvider = CompareCommand.Defaults.class,
    description = {
      "Shows what a layer makes of many images, side by side: for each layer a sheet with a row for each image and a column for each channel.",
      "Columns of dead channels are framed."
    })
@OwnText(option = "--layers", byDefault = "the activations, such as ReLU")
@FormerName(was = "--indices", option = "--index")
@OwnText(option = "--scale", byDefault = "2 for the classifier, auto for others")
final class CompareCommand implements Callable<Integer>, RunsNetwork {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin SetupOptions setup;
  @Mixin SamplesOption samples;
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

  /** A sheet is looked at, not compared with torchvision's pictures. */
  static final class Defaults extends OwnDefaults {
    Defaults() {
      super(Map.of("--pad-value", "1", "--normalize", "layer", "--colormap", "viridis"));
    }
  }

  @Override
  public Integer call() throws Exception {
    CompareRequest request =
        Usage.checked(
            spec,
            () ->
                new CompareRequest(
                    setup.setup(),
                    images.choice(samples.samples),
                    layers.selection(),
                    maps.choice(),
                    order,
                    drawing.choice(null, normalize.normalize, false)));
    Console console = fmviz.console();
    return console.run(() -> ComparePipeline.run(request, console));
  }
}
