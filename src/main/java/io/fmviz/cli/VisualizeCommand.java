package io.fmviz.cli;

import io.fmviz.pipeline.VisualizePipeline;
import io.fmviz.pipeline.VisualizeRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "visualize",
    description = "Writes each layer's feature maps of test images as one grid picture.")
final class VisualizeCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin CheckpointOption checkpoint;
  @Mixin VisualizeOptions visualize;
  @Mixin DataOptions data;
  @Mixin ModelFolderOption modelFolder;
  @Mixin ComputeOptions compute;

  @Override
  public Integer call() throws Exception {
    VisualizeRequest request =
        Usage.checked(
            spec,
            () ->
                visualize.request(
                    checkpoint.request(modelFolder), data.request(), compute.compute()));
    Console console = fmviz.console();
    return console.run(() -> VisualizePipeline.run(request, console));
  }
}
