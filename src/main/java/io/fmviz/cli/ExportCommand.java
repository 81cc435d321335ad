package io.fmviz.cli;

import io.fmviz.pipeline.ExportPipeline;
import io.fmviz.pipeline.ExportRequest;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "export",
    description = "Writes a checkpoint for PyTorch or NumPy, or as safetensors.")
final class ExportCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin CheckpointOption checkpoint;
  @Mixin ModelFolderOption modelFolder;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      required = true,
      description = {
        "The file to write; its name tells the format:",
        ".pth or .pt (PyTorch's state dict), .safetensors, or .npz (NumPy)."
      })
  Path to;

  @Option(names = "--force", description = "Replace the file if it is there.")
  boolean force;

  @Override
  public Integer call() throws Exception {
    ExportRequest request =
        Usage.checked(spec, () -> new ExportRequest(checkpoint.request(modelFolder), to, force));
    Console console = fmviz.console();
    return console.run(() -> ExportPipeline.run(request, console));
  }
}
