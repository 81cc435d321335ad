package io.fmviz.cli;

import io.fmviz.pipeline.ChannelOrder;
import io.fmviz.pipeline.ComparePipeline;
import io.fmviz.pipeline.CompareRequest;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "compare",
    defaultValueProvider = CompareCommand.Defaults.class,
    description = {
      "Shows what a layer makes of many images, side by side: for each layer a sheet with a row for each image and a column for each channel.",
      "The layers are the ReLUs, unless --layers says otherwise. Columns of dead channels are framed."
    })
final class CompareCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin CheckpointOption checkpoint;
  @Mixin SamplesOption samples;
  @Mixin ImageOptions images;
  @Mixin LayersOption layers;

  @Option(
      names = "--sort",
      paramLabel = "HOW",
      defaultValue = "channel",
      description =
          "${COMPLETION-CANDIDATES}: the columns by number, or by the channels' means over the images, the largest first.")
  ChannelOrder order;

  @Mixin DrawingOptions drawing;
  @Mixin NormalizeOption normalize;
  @Mixin OutputOptions output;
  @Mixin DataOptions data;
  @Mixin ModelFolderOption modelFolder;
  @Mixin ComputeOptions compute;

  /** A sheet is looked at, not compared with torchvision's pictures. */
  static final class Defaults extends OwnDefaults {
    Defaults() {
      super(
          Map.of(
              "--pad-value", "1", "--normalize", "layer", "--colormap", "viridis", "--scale", "2"));
    }
  }

  @Override
  public Integer call() throws Exception {
    CompareRequest request =
        Usage.checked(
            spec,
            () ->
                new CompareRequest(
                    checkpoint.request(modelFolder),
                    images.choice(samples.samples),
                    layers.selection(),
                    order,
                    drawing.options(1, normalize.normalize, false),
                    output.folder,
                    output.force,
                    data.request(),
                    compute.compute()));
    Console console = fmviz.console();
    return console.run(() -> ComparePipeline.run(request, console));
  }
}
