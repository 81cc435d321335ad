package io.fmviz.cli;

import io.fmviz.pipeline.TrainPipeline;
import io.fmviz.pipeline.TrainRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "train",
    description = "Trains the classifier, tests and saves it after each epoch.")
final class TrainCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin TrainOptions train;
  @Mixin DataOptions data;
  @Mixin ModelFolderOption modelFolder;
  @Mixin ComputeOptions compute;

  @Override
  public Integer call() throws Exception {
    TrainRequest request =
        Usage.checked(
            spec, () -> train.request(spec, data.request(), compute.compute(), modelFolder.folder));
    Console console = fmviz.console();
    return console.run(() -> TrainPipeline.run(request, console));
  }
}
