package io.fmviz.pipeline;

import io.fmviz.dataset.DatasetChoice;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Split;
import java.nio.file.Path;

/**
 * Which images to take.
 *
 * @param folder where IDX files are, or are downloaded to
 */
public record DataRequest(DatasetChoice choice, Path folder) {
  OpenedDataset open(Progress progress) {
    OpenedDataset opened = choice.open(folder, progress::note);
    if (opened.isFallback()) {
      progress.warn(
          "MNIST could not be had, SYNTHETIC DIGITS are used instead: " + opened.fallbackReason());
    }
    return opened;
  }

  static LabeledImages load(OpenedDataset opened, Split split, Integer limit) {
    LabeledImages images = opened.dataset().load(split);
    return limit == null ? images : images.first(limit);
  }
}
