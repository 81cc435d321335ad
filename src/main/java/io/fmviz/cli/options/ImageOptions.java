package io.fmviz.cli.options;

import io.fmviz.base.Settings;
import io.fmviz.cli.options.Heading.Under;
import io.fmviz.dataset.Split;
import io.fmviz.pipeline.Setup;
import io.fmviz.probe.ImageChoice;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which images to look at. */
@Under(Heading.IMAGES)
public final class ImageOptions {
  @Mixin private SamplesOption samples;

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

  /** The options as a record. */
  public ImageChoice choice() {
    return new ImageChoice(samples.samples, start, indices, label, misclassified);
  }

  /** How many images to look at. */
  public static final class SamplesOption {
    @Option(
        names = "--samples",
        paramLabel = "N",
        description =
            "How many images to look at, at most (default: 20, or all that --index names).")
    private Integer samples;

    /** The number; null where none is told. */
    public Integer samples() {
      return samples;
    }
  }

  /** Which part of the dataset to look at. */
  public static final class SplitOption {
    @Option(
        names = "--split",
        paramLabel = "SPLIT",
        description = "Which part of the dataset: ${COMPLETION-CANDIDATES} (default: test).")
    private Split split;

    /** The part of the dataset. */
    public Split or(Split unlessTold) {
      return split == null ? unlessTold : split;
    }

    /** The part of the dataset, if images are of one; the test images unless told. */
    public Split split(Setup setup) {
      if (setup.data().pictures() != null) {
        Usage.refuse(
            "split",
            split,
            Settings.named("chooses a part of a dataset: leave it out with {image}"));
      }
      return or(Split.TEST);
    }
  }
}
