package io.fmviz.cli;

import picocli.CommandLine.Option;

/** Which checkpoint to take. */
final class CheckpointOption {
  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description =
          "A name in the model folder, such as epoch_0, or a file: safetensors, PyTorch's pth or"
              + " NumPy's npz (default: the one written last).")
  String name;
}
