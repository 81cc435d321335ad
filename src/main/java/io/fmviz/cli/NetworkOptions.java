package io.fmviz.cli;

import io.fmviz.base.Settings;
import io.fmviz.pipeline.NetworkRequest;
import picocli.CommandLine.Mixin;

/** Which network to take: a checkpoint of the classifier's, or an ONNX model. */
final class NetworkOptions {
  @Mixin private CheckpointOption checkpoint;
  @Mixin private ModelOption model;
  @Mixin private ModelFolderOption modelFolder;
  @Mixin private ReadingOptions reading;

  NetworkRequest request() {
    if (model.file == null) {
      return NetworkRequest.ofCheckpoint(checkpoint.name, modelFolder.folder)
          .reading(reading.choice());
    }
    Usage.refuse(
        "checkpoint", checkpoint.name, Settings.named("and {model} can't be used together"));
    return NetworkRequest.ofModel(model.file).reading(reading.choice());
  }

  /** Whether one is named. */
  boolean isNamed() {
    return checkpoint.name != null || model.file != null;
  }
}
