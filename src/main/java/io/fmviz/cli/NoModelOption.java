package io.fmviz.cli;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says of a command that it can't do with an ONNX model. */
final class NoModelOption {
  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Option(names = "--model", paramLabel = "FILE", hidden = true)
  void refuse(Path file) {
    if (file != null) { // null is the option's default
      throw new ParameterException(
          spec.commandLine(), "this command is for the built-in classifier: it takes no --model");
    }
  }
}
