package io.fmviz.cli;

import io.fmviz.pipeline.CheckpointRequest;
import io.fmviz.pipeline.RunPipeline;
import io.fmviz.pipeline.TrainRequest;
import io.fmviz.pipeline.VisualizeRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "run", description = "Trains, then visualizes with the last epoch: the whole job.")
final class RunCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin TrainOptions train;
  @Mixin VisualizeOptions visualize;
  @Mixin DataOptions data;
  @Mixin ModelFolderOption modelFolder;
  @Mixin ComputeOptions compute;

  @Override
  public Integer call() throws Exception {
    TrainRequest trainRequest =
        Usage.checked(
            spec, () -> train.request(spec, data.request(), compute.compute(), modelFolder.folder));
    VisualizeRequest visualizeRequest =
        Usage.checked(
            spec,
            () ->
                visualize.request(
                    new CheckpointRequest(null, modelFolder.folder),
                    trainRequest.data(),
                    trainRequest.compute()));
    Console console = fmviz.console();
    return console.run(() -> RunPipeline.run(trainRequest, visualizeRequest, console));
  }
}
