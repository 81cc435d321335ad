package io.fmviz.cli;

import picocli.CommandLine.Option;

/** Whether maps get numbers. */
final class LabelOption {
  @Option(
      names = "--label",
      description = "Write each channel's number, counted from 0, into the gap above its map.")
  boolean label;
}
