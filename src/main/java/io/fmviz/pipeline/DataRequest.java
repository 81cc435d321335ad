package io.fmviz.pipeline;

import io.fmviz.dataset.DatasetChoice;
import io.fmviz.dataset.OpenedDataset;
import java.nio.file.Path;

/**
 * Which dataset to take images from.
 *
 * @param folder where IDX files are, or are downloaded to
 */
public record DataRequest(DatasetChoice choice, Path folder) {
  /** Opens it; a warning tells of synthetic digits that stand in for MNIST. */
  public OpenedDataset open(Progress progress) {
    OpenedDataset opened = choice.open(folder, progress::note);
    if (opened.isFallback()) {
      progress.warn(
          "MNIST could not be had, SYNTHETIC DIGITS are used instead: %s; put MNIST's four IDX files into %s"
              .formatted(opened.fallbackReason(), folder));
    }
    return opened;
  }
}
