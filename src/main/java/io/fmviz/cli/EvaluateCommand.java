package io.fmviz.cli;

import io.fmviz.cli.options.ComputeOptions;
import io.fmviz.cli.options.ComputeOptions.TestBatchOption;
import io.fmviz.cli.options.DataOptions;
import io.fmviz.cli.options.FormerName;
import io.fmviz.cli.options.Heading;
import io.fmviz.cli.options.Heading.Under;
import io.fmviz.cli.options.ImageOptions.SamplesOption;
import io.fmviz.cli.options.NetworkOptions;
import io.fmviz.cli.options.OutputOptions.ForceOption;
import io.fmviz.cli.options.OwnImageOptions;
import io.fmviz.cli.options.OwnOption;
import io.fmviz.cli.options.Usage;
import io.fmviz.pipeline.Setup;
import io.fmviz.pipeline.evaluate.EvaluatePipeline;
import io.fmviz.pipeline.evaluate.EvaluateRequest;
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
    description =
        "Tests a checkpoint on the test images: accuracy, mean loss and confusion matrix.")
@OwnOption(option = "--samples", text = "How many images at most, from the first (default: all).")
@FormerName(was = "--limit-test", option = "--samples")
final class EvaluateCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin NetworkOptions network;
  @Mixin DataOptions data;
  @Mixin OwnImageOptions pictures;

  @Option(
      names = "--logits",
      paramLabel = "FILE",
      description =
          "Also write the logits, as a NumPy array: float32 (images, classes), in the images' order"
              + " (default: none).")
  @Under(Heading.OUTPUT)
  Path logits;

  @Mixin ForceOption output;
  @Mixin ComputeOptions compute;
  @Mixin TestBatchOption test;
  @Mixin SamplesOption samples;

  @Override
  public Integer call() throws Exception {
    EvaluateRequest request =
        Usage.checked(
            spec,
            () ->
                new EvaluateRequest(
                    new Setup(
                        network.request(),
                        data.request(pictures.request()),
                        null,
                        compute.compute()),
                    test.batchSize(),
                    samples.samples(),
                    logits,
                    output.force()));
    Console console = fmviz.console();
    return console.run(() -> EvaluatePipeline.run(request, fmviz.machine(), console));
  }
}
