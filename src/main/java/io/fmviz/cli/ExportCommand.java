package io.fmviz.cli;

import io.fmviz.cli.options.Heading;
import io.fmviz.cli.options.Heading.Under;
import io.fmviz.cli.options.NetworkOptions.CheckpointOptions;
import io.fmviz.cli.options.OutputOptions.ForceOption;
import io.fmviz.cli.options.Usage;
import io.fmviz.pipeline.export.ExportPipeline;
import io.fmviz.pipeline.export.ExportRequest;
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
    customSynopsis = "fmviz export --to=FILE [OPTIONS]",
    description = "Writes a checkpoint for PyTorch or NumPy, as safetensors, or as an ONNX model.")
final class ExportCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin CheckpointOptions network;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      required = true,
      description =
          "The file to write; its name tells the format: .pth or .pt (PyTorch's state dict), .safetensors, .npz (NumPy), or .onnx (an ONNX model, which has the classifier's layers and says how pictures are read).")
  @Under(Heading.OUTPUT)
  Path to;

  @Mixin ForceOption output;

  @Override
  public Integer call() throws Exception {
    ExportRequest request =
        Usage.checked(spec, () -> new ExportRequest(network.request(), to, output.force()));
    Console console = fmviz.console();
    return console.run(() -> ExportPipeline.run(request, console));
  }
}
