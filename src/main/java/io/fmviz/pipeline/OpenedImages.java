package io.fmviz.pipeline;

import io.fmviz.dataset.ImageFiles;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Split;
import java.nio.file.Path;
import java.util.List;

/**
 * The images that some are chosen from.
 *
 * @param opened the dataset; null for files
 * @param files in the order of the images; empty for a dataset
 */
record OpenedImages(OpenedDataset opened, LabeledImages images, List<Path> files) {
  /** The longest part of a file's name that goes into that of a folder. */
  private static final int MAX_NAME = 60;

  static OpenedImages open(DataRequest data, ImageChoice choice, Progress progress) {
    return choice.files().isEmpty() ? of(data.open(progress)) : of(choice);
  }

  /** The test images of a dataset. */
  static OpenedImages of(OpenedDataset opened) {
    return new OpenedImages(opened, opened.dataset().load(Split.TEST), List.of());
  }

  private static OpenedImages of(ImageChoice choice) {
    List<Path> files = ImageFiles.list(choice.files());
    int count = Math.min(choice.limit(), files.size());
    List<Path> taken = files.subList(0, count);
    return new OpenedImages(null, ImageFiles.read(taken, choice.invert()), taken);
  }

  /** What the images are called. */
  String name() {
    return opened == null ? "files" : opened.dataset().name();
  }

  String fallbackReason() {
    return opened == null ? null : opened.fallbackReason();
  }

  /** The label of an image, counted from 0; null if it has none. */
  Integer label(int index) {
    int label = images.label(index);
    return label == LabeledImages.NO_LABEL ? null : Integer.valueOf(label);
  }

  /** The file that an image is from; null for an image of a dataset. */
  String file(int index) {
    return files.isEmpty() ? null : files.get(index).toString();
  }

  /**
   * A name for an image, fit for a folder: its number from 1 and its label, {@code 1-7}, or its
   * number and its file's name, {@code image_1-seven}.
   */
  String title(int index) {
    if (files.isEmpty()) {
      return (index + 1) + "-" + images.label(index);
    }
    String name = files.get(index).getFileName().toString().replaceFirst("\\.[^.]*$", "");
    String plain = name.replaceAll("[^A-Za-z0-9_-]", "_");
    return "image_" + (index + 1) + "-" + plain.substring(0, Math.min(MAX_NAME, plain.length()));
  }
}
