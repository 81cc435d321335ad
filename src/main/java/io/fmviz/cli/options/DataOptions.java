package io.fmviz.cli.options;

import io.fmviz.base.Settings;
import io.fmviz.cli.options.Heading.Under;
import io.fmviz.dataset.mnist.DatasetChoice;
import io.fmviz.pipeline.DataRequest;
import io.fmviz.pipeline.PicturesRequest;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which images to take. */
@Under(Heading.IMAGES)
public final class DataOptions {
  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description =
          "Where images come from: ${COMPLETION-CANDIDATES}; auto takes MNIST if it is in the data folder or can be downloaded, else synthetic digits (default: auto).")
  private DatasetChoice dataset;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description =
          "The folder of the dataset's IDX files, also for downloads (default: ${DEFAULT-VALUE}).")
  private Path data;

  /** A dataset's images. */
  public DataRequest request() {
    return request(null);
  }

  /** A dataset's images, or the pictures that take their place. */
  public DataRequest request(PicturesRequest pictures) {
    if (pictures != null) {
      Usage.refuse(
          "dataset", dataset, Settings.named("chooses a dataset: leave it out with {image}"));
    }
    return new DataRequest(dataset == null ? DatasetChoice.AUTO : dataset, data, pictures);
  }
}
