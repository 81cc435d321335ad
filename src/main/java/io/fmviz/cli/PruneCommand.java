package io.fmviz.cli;

import io.fmviz.dataset.Split;
import io.fmviz.pipeline.PrunePipeline;
import io.fmviz.pipeline.PruneRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "prune",
    description = {
      "Writes a smaller network without the channels that never rise above zero, and proves on all test images that it predicts the same.",
      "Exits with 1, and writes no checkpoint, if more predictions change than are allowed."
    })
final class PruneCommand implements Callable<Integer> {
  private static final String DEFAULT_FILE = "pruned.safetensors";

  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin CheckpointOption checkpoint;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "The checkpoint to write (default: " + DEFAULT_FILE + " in the model folder).")
  Path to;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "save_image/${COMMAND-NAME}",
      description = "The folder for the manifest, which holds the result.")
  Path folder;

  @Option(
      names = "--force",
      description =
          "Replace the checkpoint's file if it is there, and write into a folder that holds other files.")
  boolean force;

  @Option(
      names = "--on",
      paramLabel = "SPLIT",
      defaultValue = "train",
      description = "The images on which a channel must be dead: ${COMPLETION-CANDIDATES}.")
  Split on;

  @Option(
      names = "--below",
      paramLabel = "SHARE",
      defaultValue = "0",
      description =
          "Also remove channels that are above zero in less than this share of these images, from 0 to 1.")
  double below;

  @Option(
      names = "--layers",
      paramLabel = "LAYERS",
      description =
          "The convolutions that may lose channels, as names or globs with commas between them: Conv2d_2,Conv2d_3 (default: all).")
  List<String> layers;

  @Option(
      names = "--allow-changes",
      paramLabel = "N",
      defaultValue = "0",
      description = "How many predictions for test images may change.")
  int allowChanges;

  @Mixin DataOptions data;
  @Mixin ModelFolderOption modelFolder;
  @Mixin ComputeOptions compute;

  @Override
  public Integer call() throws Exception {
    PruneRequest request =
        Usage.checked(
            spec,
            () ->
                new PruneRequest(
                    checkpoint.request(modelFolder),
                    data.request(),
                    on,
                    below,
                    LayersOption.selection(layers),
                    allowChanges,
                    to == null ? modelFolder.folder.resolve(DEFAULT_FILE) : to,
                    folder,
                    force,
                    compute.compute()));
    Console console = fmviz.console();
    return console.run(() -> PrunePipeline.run(request, console));
  }
}
