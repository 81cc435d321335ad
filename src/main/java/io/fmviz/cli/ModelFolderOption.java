package io.fmviz.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where checkpoints are. */
final class ModelFolderOption {
  @Option(
      names = "--model-dir",
      paramLabel = "DIR",
      defaultValue = "save_model",
      description = "The folder of checkpoints (default: ${DEFAULT-VALUE}).")
  Path folder;
}
