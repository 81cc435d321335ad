package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import io.fmviz.dataset.DatasetChoice;
import io.fmviz.pipeline.DataRequest;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which images to take. */
@Under(Heading.IMAGES)
final class DataOptions {
  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      defaultValue = "auto",
      description =
          "Where images come from: ${COMPLETION-CANDIDATES}; auto takes MNIST if it is in the data folder or can be downloaded, else synthetic digits (default: ${DEFAULT-VALUE}).")
  private DatasetChoice dataset;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description =
          "The folder of the dataset's IDX files, also for downloads (default: ${DEFAULT-VALUE}).")
  private Path data;

  DataRequest request() {
    return new DataRequest(dataset, data);
  }
}
