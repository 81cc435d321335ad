package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import picocli.CommandLine.Option;

/** Whether what is there may be overwritten. */
@Under(Heading.OUTPUT)
class ForceOption {
  // The order is that of a last option under its heading; all others have -1.
  @Option(
      names = "--force",
      order = 1,
      description =
          "Write even where files are: those of the same name are replaced, all others stay.")
  boolean force;
}
