package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import io.fmviz.probe.MapChoice;
import picocli.CommandLine.Option;

/** Which maps of a layer are drawn. */
@Under(Heading.DRAWING)
final class MapsOption {
  @Option(
      names = "--maps",
      paramLabel = "N|LIST",
      description =
          "Draw only some maps of each layer: the first N, or those with these numbers, counted from 0, such as 0-7,12 (default: all).")
  private String maps;

  /** The choice; null if none is made. */
  MapChoice choice() {
    return maps == null ? null : new MapChoice(maps);
  }
}
