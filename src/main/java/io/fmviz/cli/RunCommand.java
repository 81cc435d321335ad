package io.fmviz.cli;

import io.fmviz.cli.options.ComputeOptions;
import io.fmviz.cli.options.DataOptions;
import io.fmviz.cli.options.FormerName;
import io.fmviz.cli.options.NetworkOptions.ModelFolderOption;
import io.fmviz.cli.options.NetworkOptions.NoModelOption;
import io.fmviz.cli.options.OwnOption;
import io.fmviz.cli.options.TrainOptions;
import io.fmviz.cli.options.Usage;
import io.fmviz.cli.options.VisualizeOptions;
import io.fmviz.cli.options.VisualizeOptions.InputOption;
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

@Command(
    name = "run",
    defaultValueProvider = OwnOption.DefaultValues.class,
    description = "Trains, then visualizes with the last epoch: the whole job.")
@OwnOption(option = "--out", defaultValue = "save_image")
@OwnOption(option = "--layers", byDefault = "all that have maps")
@FormerName(was = "--indices", option = "--index")
@OwnOption(option = "--nrow", byDefault = "8")
@OwnOption(option = "--normalize", byDefault = "none")
@OwnOption(option = "--colormap", byDefault = "gray")
@OwnOption(option = "--scale", byDefault = "1, with --label auto")
final class RunCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin ModelFolderOption modelFolder;
  @Mixin NoModelOption noModel;
  @Mixin DataOptions data;
  @Mixin ComputeOptions compute;
  @Mixin TrainOptions train;
  @Mixin VisualizeOptions visualize;
  @Mixin InputOption input;

  @Override
  public Integer call() throws Exception {
    TrainRequest trainRequest =
        Usage.checked(
            spec,
            () -> train.request(spec, data.request(), compute.compute(), modelFolder.folder()));
    VisualizeRequest visualizeRequest =
        Usage.checked(
            spec,
            () ->
                visualize.request(
                    NetworkRequest.ofCheckpoint(null, modelFolder.folder()),
                    trainRequest.images().data().with(visualize.pictures()),
                    trainRequest.compute(),
                    input.isDrawn()));
    Console console = fmviz.console();
    return console.run(() -> RunPipeline.run(trainRequest, visualizeRequest, console));
  }
}
