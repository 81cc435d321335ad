package io.fmviz.pipeline;

import io.fmviz.dataset.FileImages;
import io.fmviz.dataset.ImageFiles;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Split;
import io.fmviz.probe.ImageChoice;
import java.nio.file.Path;
import java.util.List;

/**
 * The images that a command looks at.
 *
 * @param dataset its name; null for files of a person's own
 * @param split the part of the dataset; null for files
 * @param fallbackReason why the synthetic digits stand in for MNIST, or null if they don't
 */
public record OpenedImages(Images images, String dataset, Split split, String fallbackReason) {
  /** One part of a dataset. */
  public static OpenedImages of(OpenedDataset opened, Split split) {
    return new OpenedImages(
        opened.dataset().load(split), opened.dataset().name(), split, opened.fallbackReason());
  }

  /** The one part of a dataset that is looked at; no other need be there. */
  public static OpenedImages of(DataRequest data, Split split, Progress progress) {
    return of(data.open(progress, split), split);
  }

  /** What a choice is made from: files, or the test images of a dataset. */
  public static OpenedImages of(DataRequest data, ImageChoice choice, Progress progress) {
    return choice.files().isEmpty()
        ? of(data, Split.TEST, progress)
        : ofFiles(choice.files(), choice.limit(), choice.invert());
  }

  private static OpenedImages ofFiles(List<Path> paths, int limit, Boolean invert) {
    List<Path> files = ImageFiles.list(paths);
    List<Path> taken = files.subList(0, Math.min(limit, files.size()));
    return new OpenedImages(FileImages.read(taken, invert), null, null, null);
  }

  /** The first so many of them; null for all. */
  public OpenedImages first(Integer limit) {
    return limit == null
        ? this
        : new OpenedImages(images.first(limit), dataset, split, fallbackReason);
  }

  public boolean isDataset() {
    return dataset != null;
  }

  /** What the images are called. */
  public String name() {
    return isDataset() ? dataset : "files";
  }

  /** The label of an image, counted from 0; null if it has none. */
  public Integer label(int index) {
    return images.isLabeled(index) ? images.label(index) : null;
  }
}
