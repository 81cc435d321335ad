package io.fmviz.cli;

import io.fmviz.base.Settings;
import io.fmviz.cli.Heading.Under;
import io.fmviz.dataset.Split;
import io.fmviz.pipeline.Setup;
import picocli.CommandLine.Option;

/** Which part of the dataset to look at. */
@Under(Heading.IMAGES)
final class SplitOption {
  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description = "Which part of the dataset: ${COMPLETION-CANDIDATES} (default: test).")
  private Split split;

  /** The part of the dataset. */
  Split or(Split unlessTold) {
    return split == null ? unlessTold : split;
  }

  /** The part of the dataset, if images are of one; the test images unless told. */
  Split split(Setup setup) {
    if (setup.data().pictures() != null) {
      Usage.refuse(
          "split", split, Settings.named("chooses a part of a dataset: leave it out with {image}"));
    }
    return or(Split.TEST);
  }
}
