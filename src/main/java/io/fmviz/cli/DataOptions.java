package io.fmviz.cli;

import io.fmviz.dataset.DatasetChoice;
import io.fmviz.pipeline.DataRequest;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which images to take. */
final class DataOptions {
  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = {
        "The images: ${COMPLETION-CANDIDATES}.",
        "auto takes MNIST if it is in the data folder or can be downloaded, else synthetic digits."
      })
  private DatasetChoice dataset;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Where IDX files are, or are downloaded to.")
  private Path data;

  DataRequest request() {
    return new DataRequest(dataset, data);
  }
}
