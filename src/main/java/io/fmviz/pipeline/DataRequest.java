package io.fmviz.pipeline;

import io.fmviz.base.UserException;
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

  /**
   * Refuses the number of a test image that isn't there.
   *
   * @param option that asks for it, as given
   * @param number of the image, counted from 1
   * @param dataset its name
   * @param count how many test images it has
   * @param most what the option may be at most
   */
  static void checkExists(String option, long number, String dataset, int count, int most) {
    if (number > count) {
      throw new UserException(
          "%s asks for image %d, but %s has %d test images: give a number from 1 to %d"
              .formatted(option, number, dataset, count, most));
    }
  }
}
