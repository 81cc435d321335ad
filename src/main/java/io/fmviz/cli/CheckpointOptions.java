package io.fmviz.cli;

import io.fmviz.pipeline.NetworkRequest;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;

/** Which of the built-in classifier's checkpoints to take. */
final class CheckpointOptions {
  @Mixin private CheckpointOption checkpoint;
  @Mixin private ModelFolderOption modelFolder;
  @Mixin NoModelOption noModel;

  NetworkRequest request() {
    return NetworkRequest.ofCheckpoint(checkpoint.name, modelFolder.folder);
  }

  Path modelFolder() {
    return modelFolder.folder;
  }
}
