package io.fmviz.cli;

import io.fmviz.pipeline.EvaluatePipeline;
import io.fmviz.pipeline.EvaluateRequest;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "evaluate",
    description = "Accuracy, mean loss and confusion matrix of a checkpoint on the test images.")
final class EvaluateCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin CheckpointOption checkpoint;
  @Mixin DataOptions data;
  @Mixin ModelFolderOption modelFolder;
  @Mixin ComputeOptions compute;

  @Option(
      names = "--test-batch-size",
      paramLabel = "N",
      defaultValue = "32",
      description = "Images in one forward pass.")
  int batchSize;

  @Option(
      names = "--limit-test",
      paramLabel = "N",
      description = "The first N test images only (default: all).")
  Integer limit;

  @Option(
      names = "--logits",
      paramLabel = "FILE",
      description =
          "Write the logits too, as a NumPy array: float32 (images, classes), in the images' order"
              + " (default: none).")
  Path logits;

  @Option(names = "--force", description = "Replace the file of --logits if it is there.")
  boolean force;

  @Override
  public Integer call() throws Exception {
    EvaluateRequest request =
        Usage.checked(
            spec,
            () ->
                new EvaluateRequest(
                    checkpoint.request(modelFolder),
                    data.request(),
                    compute.compute(),
                    batchSize,
                    limit,
                    logits,
                    force));
    Console console = fmviz.console();
    return console.run(() -> EvaluatePipeline.run(request, console));
  }
}
