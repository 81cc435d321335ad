package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import io.fmviz.dataset.Split;
import io.fmviz.pipeline.Setup;
import picocli.CommandLine.Option;

/** Which part of the dataset to look at. */
@Under(Heading.IMAGES)
final class SplitOptions {
  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description = "Which part of the dataset: ${COMPLETION-CANDIDATES} (default: test).")
  private Split split;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "The first N images of it only (default: all).")
  Integer limit;

  /** The part of the dataset; the test images unless told. */
  Split split(Setup setup) {
    if (setup.data().pictures() != null) {
      Usage.refuse("split", split, "chooses a part of a dataset: leave it out with {image}");
    }
    return split == null ? Split.TEST : split;
  }
}
