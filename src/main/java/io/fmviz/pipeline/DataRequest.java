package io.fmviz.pipeline;

import io.fmviz.dataset.DatasetChoice;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Split;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/**
 * Which dataset to take images from.
 *
 * @param folder where IDX files are, or are downloaded to
 */
public record DataRequest(DatasetChoice choice, Path folder) {
  /**
   * Opens it; a warning tells of synthetic digits that stand in for MNIST.
   *
   * @param needed the parts that will be loaded
   */
  public OpenedDataset open(Progress progress, Split... needed) {
    OpenedDataset opened = choice.open(folder, EnumSet.copyOf(List.of(needed)), progress::note);
    if (opened.isFallback()) {
      progress.warn(
          "SYNTHETIC DIGITS are used instead of MNIST: %s; put MNIST's IDX files into %s"
              .formatted(opened.fallbackReason(), folder));
    }
    return opened;
  }
}
