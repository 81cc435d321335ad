package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import io.fmviz.probe.ImageChoice;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which images to look at. */
@Under(Heading.IMAGES)
final class ImageOptions {
  @Option(
      names = "--start",
      paramLabel = "N",
      defaultValue = "1",
      description = "The first test image, counted from 1 (default: ${DEFAULT-VALUE}).")
  private int start;

  @Option(
      names = "--indices",
      paramLabel = "LIST",
      description =
          "Only the test images with these numbers, counted from 1, such as 3,17,40-50 (default: all from --start on).")
  private String indices;

  @Option(
      names = "--class",
      paramLabel = "DIGIT",
      description = "Only images of this class (default: all).")
  private Integer label;

  @Option(names = "--misclassified", description = "Only images that the network gets wrong.")
  private boolean misclassified;

  @Option(
      names = "--image",
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Your own PNG or JPEG files, or folders of them, instead of test images; made grey, scaled and centred as MNIST's (default: none).")
  private List<Path> files;

  @Option(
      names = "--invert",
      negatable = true,
      description =
          "The files of --image show dark strokes on a light ground, or light ones on a dark ground (default: what each file shows).")
  private Boolean invert;

  /**
   * The options as a record.
   *
   * @param samples how many images at most; null for the default
   */
  ImageChoice choice(Integer samples) {
    List<Path> chosen = files == null ? List.of() : files;
    return new ImageChoice(samples, start, indices, label, misclassified, chosen, invert);
  }
}
