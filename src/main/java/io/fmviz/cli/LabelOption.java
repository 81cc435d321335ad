package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import picocli.CommandLine.Option;

/** Whether maps get numbers. */
@Under(Heading.DRAWING)
final class LabelOption {
  @Option(
      names = "--label",
      description = "Write each channel's number, counted from 0, into the gap above its map.")
  boolean label;
}
