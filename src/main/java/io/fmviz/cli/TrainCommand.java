package io.fmviz.cli;

import io.fmviz.cli.options.ComputeOptions;
import io.fmviz.cli.options.DataOptions;
import io.fmviz.cli.options.NetworkOptions.ModelFolderOption;
import io.fmviz.cli.options.NetworkOptions.NoModelOption;
import io.fmviz.cli.options.TrainOptions;
import io.fmviz.cli.options.Usage;
import io.fmviz.pipeline.train.TrainPipeline;
import io.fmviz.pipeline.train.TrainRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "train",
    description = "Trains the classifier, and tests and saves it after each epoch.")
final class TrainCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin ModelFolderOption modelFolder;
  @Mixin NoModelOption noModel;
  @Mixin DataOptions data;
  @Mixin ComputeOptions compute;
  @Mixin TrainOptions train;

  @Override
  public Integer call() throws Exception {
    TrainRequest request =
        Usage.checked(
            spec,
            () -> train.request(spec, data.request(), compute.compute(), modelFolder.folder()));
    Console console = fmviz.console();
    return console.run(() -> TrainPipeline.run(request, console));
  }
}
