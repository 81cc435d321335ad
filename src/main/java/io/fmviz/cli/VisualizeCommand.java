package io.fmviz.cli;

import io.fmviz.cli.options.ComputeOptions;
import io.fmviz.cli.options.DataOptions;
import io.fmviz.cli.options.FormerName;
import io.fmviz.cli.options.NetworkOptions;
import io.fmviz.cli.options.OwnOption;
import io.fmviz.cli.options.Usage;
import io.fmviz.cli.options.VisualizeOptions;
import io.fmviz.pipeline.visualize.VisualizePipeline;
import io.fmviz.pipeline.visualize.VisualizeRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "visualize",
    defaultValueProvider = OwnOption.DefaultValues.class,
    description = "Writes each layer's feature maps of test images as one grid picture.")
@OwnOption(option = "--out", defaultValue = "save_image")
@OwnOption(option = "--layers", byDefault = "all that have maps")
@FormerName(was = "--indices", option = "--index")
@OwnOption(
    option = "--input",
    text =
        "Also write the image itself, as the network sees it. With NAME=VALUE: what an input of the"
            + " network gets that takes no picture, one number for all its values or one for each,"
            + " separated by commas, such as im_shape=640,640 or training=false; may be repeated"
            + " (default: a guess where that is a size, a scale, a mask or a switch).")
@OwnOption(option = "--normalize", byDefault = "none for the classifier, layer for others")
@OwnOption(
    option = "--colormap",
    byDefault = "gray for the classifier and with --normalize none, else auto")
@OwnOption(option = "--scale", byDefault = "1 for the classifier without --label, else auto")
final class VisualizeCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin NetworkOptions network;
  @Mixin DataOptions data;
  @Mixin VisualizeOptions visualize;
  @Mixin ComputeOptions compute;

  @Override
  public Integer call() throws Exception {
    VisualizeRequest request =
        Usage.checked(
            spec,
            () ->
                visualize.request(
                    network.drawing(),
                    data.request(visualize.pictures()),
                    compute.compute(),
                    network.isInputDrawn()));
    Console console = fmviz.console();
    return console.run(() -> VisualizePipeline.run(request, console));
  }
}
