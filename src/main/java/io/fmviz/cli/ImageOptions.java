package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import io.fmviz.probe.ImageChoice;
import picocli.CommandLine.Option;

/** Which images to look at. */
@Under(Heading.IMAGES)
final class ImageOptions {
  @Option(
      names = "--start",
      paramLabel = "N",
      defaultValue = "1",
      description = "The first image, counted from 1 (default: ${DEFAULT-VALUE}).")
  private int start;

  @Option(
      names = "--index",
      paramLabel = "LIST",
      description =
          "Only the images with these numbers, counted from 1, such as 3,17,40-50 (default: all from --start on).")
  private String indices;

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      description = "Only images of this class, by its number or name (default: all).")
  private String label;

  @Option(names = "--misclassified", description = "Only images that the network gets wrong.")
  private boolean misclassified;

  /**
   * The options as a record.
   *
   * @param samples how many images at most; null for the default
   */
  ImageChoice choice(Integer samples) {
    return new ImageChoice(samples, start, indices, label, misclassified);
  }
}
