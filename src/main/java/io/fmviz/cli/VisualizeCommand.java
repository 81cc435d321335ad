package io.fmviz.cli;

import io.fmviz.cli.CommandGroup.In;
import io.fmviz.pipeline.visualize.VisualizePipeline;
import io.fmviz.pipeline.visualize.VisualizeRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@In(CommandGroup.LOOK)
@Command(
    name = "visualize",
    defaultValueProvider = VisualizeOptions.Defaults.class,
    description = "Writes each layer's feature maps of test images as one grid picture.")
@OwnText(option = "--layers", byDefault = "all that have maps")
@FormerName(was = "--indices", option = "--index")
@OwnText(option = "--normalize", byDefault = "none for the classifier, layer for others")
@OwnText(
    option = "--colormap",
    byDefault = "gray for the classifier and with --normalize none, else auto")
@OwnText(option = "--scale", byDefault = "1 for the classifier without --label, else auto")
final class VisualizeCommand implements Callable<Integer>, RunsNetwork {
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
                    network.request(), data.request(visualize.pictures()), compute.compute()));
    Console console = fmviz.console();
    return console.run(() -> VisualizePipeline.run(request, console));
  }
}
