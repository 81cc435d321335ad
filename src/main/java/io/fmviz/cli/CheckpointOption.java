package io.fmviz.cli;

import io.fmviz.pipeline.CheckpointRequest;
import picocli.CommandLine.Option;

/** Which checkpoint to take. */
final class CheckpointOption {
  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = {
        "A name in the model folder, such as epoch_0, or a file: safetensors, a PyTorch state dict"
            + " (.pth), or .npz",
        "(default: the one written last)."
      })
  String name;

  CheckpointRequest request(ModelFolderOption modelFolder) {
    return new CheckpointRequest(name, modelFolder.folder);
  }
}
