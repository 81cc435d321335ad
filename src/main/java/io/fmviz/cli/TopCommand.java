package io.fmviz.cli;

import io.fmviz.pipeline.TopPipeline;
import io.fmviz.pipeline.TopRequest;
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
      "Shows what each channel responds to: the images with its highest responses, cropped to what the strongest position sees, its receptive field. A sheet for each layer, a row for each channel.",
      "The layers are the ReLUs, unless --layers says otherwise. Channels are counted from 0."
    })
final class TopCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin CheckpointOption checkpoint;
  @Mixin SplitOption split;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "The first N of these images only (default: all).")
  Integer limit;

  @Mixin LayersOption layers;

  @Option(
      names = "--count",
      paramLabel = "K",
      defaultValue = "9",
      description = "Images for each channel.")
  int count;

  @Option(
      names = "--scale",
      paramLabel = "N",
      description =
          "Make every pixel a square of N by N (default: so that a crop is about 36 pixels wide).")
  Integer scale;

  @Mixin OutputOptions output;
  @Mixin DataOptions data;
  @Mixin ModelFolderOption modelFolder;
  @Mixin ComputeOptions compute;

  @Override
  public Integer call() throws Exception {
    TopRequest request =
        Usage.checked(
            spec,
            () ->
                new TopRequest(
                    checkpoint.request(modelFolder),
                    split.split,
                    limit,
                    layers.selection(),
                    count,
                    scale,
                    output.folder,
                    output.force,
                    data.request(),
                    compute.compute()));
    Console console = fmviz.console();
    return console.run(() -> TopPipeline.run(request, console));
  }
}
