package io.fmviz.cli;

import io.fmviz.cli.options.Heading;
import io.fmviz.cli.options.Heading.Under;
import io.fmviz.cli.options.ImageOptions.SamplesOption;
import io.fmviz.cli.options.LayersOption;
import io.fmviz.cli.options.OwnOption;
import io.fmviz.cli.options.SetupOptions;
import io.fmviz.cli.options.Usage;
import io.fmviz.pipeline.ablate.AblatePipeline;
import io.fmviz.pipeline.ablate.AblateRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "ablate",
    description = {
      "Sets one map at a time to zero and reports what that changes: the logit of one image's predicted class, and the accuracy on many images.",
      "Channels are counted from 0."
    })
@OwnOption(
    option = "--samples",
    text = "For the accuracy: the first N test images (default: none).")
@OwnOption(option = "--layers", byDefault = "the activations, such as ReLU")
final class AblateCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin SetupOptions setup;

  @Option(
      names = "--index",
      paramLabel = "N",
      description =
          "For the logit: the one test image, counted from 1 (default: the first, or none if --samples is given).")
  @Under(Heading.IMAGES)
  Integer index;

  @Mixin SamplesOption samples;
  @Mixin LayersOption layers;

  @Override
  public Integer call() throws Exception {
    AblateRequest request =
        Usage.checked(
            spec,
            () -> new AblateRequest(setup.setup(), index, samples.samples(), layers.selection()));
    Console console = fmviz.console();
    return console.run(() -> AblatePipeline.run(request, fmviz.machine(), console));
  }
}
