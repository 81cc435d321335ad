package io.fmviz.cli;

import io.fmviz.image.Normalize;
import io.fmviz.pipeline.FilmstripPipeline;
import io.fmviz.pipeline.FilmstripRequest;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "filmstrip",
    defaultValueProvider = FilmstripCommand.Defaults.class,
    description = {
      "Shows how maps came to be: one image at all checkpoints of the model folder, on one scale, as a sheet with a row for each checkpoint and as an animated GIF. Channels that moved most come first.",
      "The layers are the ReLUs, unless --layers says otherwise."
    })
final class FilmstripCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin ModelFolderOption modelFolder;
  @Mixin ImageOptions image;
  @Mixin LayersOption layers;
  @Mixin DrawingOptions drawing;
  @Mixin OutputOptions output;
  @Mixin DataOptions data;
  @Mixin ComputeOptions compute;

  /** One image, on a sheet that is looked at. */
  static final class Defaults extends OwnDefaults {
    Defaults() {
      super(Map.of("--samples", "1", "--pad-value", "1", "--colormap", "viridis", "--scale", "2"));
    }
  }

  @Override
  public Integer call() throws Exception {
    FilmstripRequest request =
        Usage.checked(
            spec,
            () ->
                new FilmstripRequest(
                    modelFolder.folder,
                    image.choice(),
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
