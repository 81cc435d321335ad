package io.fmviz.pipeline;

import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Split;
import io.fmviz.dataset.mnist.DatasetChoice;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/**
 * Which images to look at: a dataset's, or pictures.
 *
 * @param folder where IDX files are, or are downloaded to
 * @param pictures that are looked at in place of the dataset's images; null for none
 */
public record DataRequest(DatasetChoice choice, Path folder, PicturesRequest pictures) {
  /** The same with pictures in place of the images; null for none. */
  public DataRequest with(PicturesRequest other) {
    return new DataRequest(choice, folder, other);
  }

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
