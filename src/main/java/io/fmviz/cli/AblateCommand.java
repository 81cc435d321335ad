package io.fmviz.cli;

import io.fmviz.pipeline.AblatePipeline;
import io.fmviz.pipeline.AblateRequest;
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
      "Sets one map after the other to zero and reports what that changes: the logit of one image's predicted class, and the accuracy on many images.",
      "Channels are counted from 0. The layers are the ReLUs, unless --layers says otherwise."
    })
final class AblateCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin CheckpointOption checkpoint;

  @Option(
      names = "--index",
      paramLabel = "N",
      description =
          "The one test image, counted from 1 (default: the first, unless --samples is given).")
  Integer index;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "The first N test images, for the accuracy (default: none).")
  Integer samples;

  @Mixin LayersOption layers;

  @Mixin OutputOptions output;

  @Mixin DataOptions data;
  @Mixin ModelFolderOption modelFolder;
  @Mixin ComputeOptions compute;

  @Override
  public Integer call() throws Exception {
    AblateRequest request =
        Usage.checked(
            spec,
            () ->
                new AblateRequest(
                    checkpoint.request(modelFolder),
                    data.request(),
                    index,
                    samples,
                    layers.selection(),
                    output.folder,
                    output.force,
                    compute.compute()));
    Console console = fmviz.console();
    return console.run(() -> AblatePipeline.run(request, console));
  }
}
