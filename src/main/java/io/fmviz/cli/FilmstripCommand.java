package io.fmviz.cli;

import io.fmviz.cli.CommandGroup.In;
import io.fmviz.image.Normalize;
import io.fmviz.pipeline.filmstrip.FilmstripPipeline;
import io.fmviz.pipeline.filmstrip.FilmstripRequest;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@In(CommandGroup.LOOK)
@Command(
    name = "filmstrip",
    defaultValueProvider = FilmstripCommand.Defaults.class,
    description = {
      "Shows how maps developed: one image at every checkpoint of the model folder, on one scale, as a sheet with a row for each checkpoint and as an animated GIF.",
      "Channels that changed most come first."
    })
@OwnText(
    option = "--checkpoint",
    text =
        "The last checkpoint that is shown, a name in the model folder such as epoch_3 (default: the newest).")
@OwnText(
    option = "--samples",
    text =
        "How many of the chosen images at most; one must be left (default: 1, or all that --index names).")
@OwnText(option = "--layers", byDefault = "the ReLUs")
@FormerName(was = "--indices", option = "--index")
final class FilmstripCommand implements Callable<Integer>, RunsNetwork {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin CheckpointSetupOptions setup;
  @Mixin SamplesOption samples;
  @Mixin ImageOptions image;
  @Mixin OwnImageOptions pictures;
  @Mixin LayersOption layers;
  @Mixin DrawingOptions drawing;
  @Mixin HtmlOption page;

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
                    setup.setup(pictures.request(), page.html()),
                    image.choice(samples.samples),
                    layers.selection(),
                    drawing.options(1, Normalize.LAYER, false)));
    Console console = fmviz.console();
    return console.run(() -> FilmstripPipeline.run(request, console));
  }
}
