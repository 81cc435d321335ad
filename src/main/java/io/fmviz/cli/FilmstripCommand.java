package io.fmviz.cli;

import io.fmviz.image.Normalize;
import io.fmviz.pipeline.CheckpointRequest;
import io.fmviz.pipeline.FilmstripPipeline;
import io.fmviz.pipeline.FilmstripRequest;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "filmstrip",
    defaultValueProvider = FilmstripCommand.Defaults.class,
    description = {
      "Shows how maps came to be: one image at all checkpoints of the model folder, or up to one of them, on one scale, as a sheet with a row for each checkpoint and as an animated GIF. Channels that moved most come first.",
      "The layers are the ReLUs, unless --layers says otherwise."
    })
final class FilmstripCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description =
          "The last checkpoint that is shown, a name in the model folder such as epoch_3 (default: the newest).")
  String checkpoint;

  @Mixin ModelFolderOption modelFolder;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description =
          "How many of the chosen images at most; one must be left (default: 1, or all that --indices or --image name).")
  Integer samples;

  @Mixin ImageOptions image;
  @Mixin LayersOption layers;
  @Mixin DrawingOptions drawing;
  @Mixin OutputOptions output;
  @Mixin DataOptions data;
  @Mixin ComputeOptions compute;

  /** A sheet is looked at, not compared with torchvision's pictures. */
  static final class Defaults extends OwnDefaults {
    Defaults() {
      super(Map.of("--pad-value", "1", "--colormap", "viridis", "--scale", "2"));
    }
  }

  @Override
  public Integer call() throws Exception {
    FilmstripRequest request =
        Usage.checked(
            spec,
            () ->
                new FilmstripRequest(
                    new CheckpointRequest(checkpoint, modelFolder.folder),
                    image.choice(samples),
                    layers.selection(),
                    drawing.options(1, Normalize.LAYER, false),
                    output.folder,
                    output.force,
                    data.request(),
                    compute.compute()));
    Console console = fmviz.console();
    return console.run(() -> FilmstripPipeline.run(request, console));
  }
}
