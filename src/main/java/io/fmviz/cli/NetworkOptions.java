package io.fmviz.cli;

import io.fmviz.pipeline.NetworkRequest;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;

/** Which network to take. */
final class NetworkOptions {
  @Mixin private CheckpointOption checkpoint;
  @Mixin private ModelFolderOption modelFolder;

  NetworkRequest request() {
    return new NetworkRequest(checkpoint.name, modelFolder.folder);
  }

  /** Whether one is named. */
  boolean isNamed() {
    return checkpoint.name != null;
  }

  Path modelFolder() {
    return modelFolder.folder;
  }
}
