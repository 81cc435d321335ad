package io.fmviz.cli;

import io.fmviz.cli.options.DrawingOptions;
import io.fmviz.cli.options.FormerName;
import io.fmviz.cli.options.ImageOptions;
import io.fmviz.cli.options.LayersOption;
import io.fmviz.cli.options.OutputOptions.HtmlOption;
import io.fmviz.cli.options.OwnImageOptions;
import io.fmviz.cli.options.OwnOption;
import io.fmviz.cli.options.SetupOptions.CheckpointSetupOptions;
import io.fmviz.cli.options.Usage;
import io.fmviz.image.Normalize;
import io.fmviz.pipeline.filmstrip.FilmstripPipeline;
import io.fmviz.pipeline.filmstrip.FilmstripRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "filmstrip",
    defaultValueProvider = OwnOption.DefaultValues.class,
    description = {
      "Shows how maps developed: one image at every checkpoint of the model folder, on one scale, as a sheet with a row for each checkpoint and as an animated GIF.",
      "Channels that changed most come first."
    })
// A sheet is looked at, not compared with torchvision's pictures.
@OwnOption(option = "--pad-value", defaultValue = "1")
@OwnOption(option = "--colormap", defaultValue = "viridis")
@OwnOption(option = "--scale", defaultValue = "2")
@OwnOption(
    option = "--checkpoint",
    text =
        "The last checkpoint that is shown, a name in the model folder such as epoch_3 (default: the newest).")
@OwnOption(
    option = "--samples",
    text =
        "How many of the chosen images at most; one must be left (default: 1, or all that --index names).")
@OwnOption(option = "--layers", byDefault = "the ReLUs")
@FormerName(was = "--indices", option = "--index")
final class FilmstripCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin CheckpointSetupOptions setup;
  @Mixin ImageOptions image;
  @Mixin OwnImageOptions pictures;
  @Mixin LayersOption layers;
  @Mixin DrawingOptions drawing;
  @Mixin HtmlOption page;

  @Override
  public Integer call() throws Exception {
    FilmstripRequest request =
        Usage.checked(
            spec,
            () ->
                new FilmstripRequest(
                    setup.setup(pictures.request(), page.html()),
                    image.choice(),
                    layers.selection(),
                    drawing.options(1, Normalize.LAYER, false)));
    Console console = fmviz.console();
    return console.run(() -> FilmstripPipeline.run(request, console));
  }
}
