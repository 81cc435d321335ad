package io.fmviz.cli;

import io.fmviz.cli.CommandGroup.In;
import io.fmviz.pipeline.NetworkRequest;
import io.fmviz.pipeline.run.RunPipeline;
import io.fmviz.pipeline.train.TrainRequest;
import io.fmviz.pipeline.visualize.VisualizeRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@In(CommandGroup.TRAIN)
@Command(
    name = "run",
    defaultValueProvider = VisualizeOptions.Defaults.class,
    description = "Trains, then visualizes with the last epoch: the whole job.")
@OwnText(option = "--layers", byDefault = "all that have maps")
@FormerName(was = "--indices", option = "--index")
@OwnText(option = "--nrow", byDefault = "8")
@OwnText(option = "--normalize", byDefault = "none")
@OwnText(option = "--colormap", byDefault = "gray")
@OwnText(option = "--scale", byDefault = "1, with --label auto")
final class RunCommand implements Callable<Integer>, RunsNetwork {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin ModelFolderOption modelFolder;
  @Mixin NoModelOption noModel;
  @Mixin DataOptions data;
  @Mixin ComputeOptions compute;
  @Mixin TrainOptions train;
  @Mixin VisualizeOptions visualize;

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
                    NetworkRequest.ofCheckpoint(null, modelFolder.folder),
                    trainRequest.images().data().with(visualize.pictures()),
                    trainRequest.compute()));
    Console console = fmviz.console();
    return console.run(() -> RunPipeline.run(trainRequest, visualizeRequest, console));
  }
}
