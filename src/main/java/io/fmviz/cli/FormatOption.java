package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import io.fmviz.pipeline.MapsFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** What kinds of files to write. */
@Under(Heading.OUTPUT)
final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "FORMATS",
      split = ",",
      hideParamSyntax = true,
      defaultValue = "png",
      description =
          "png, a picture of each layer; npy, its values as a NumPy array; npz, all layers' values in"
              + " one NumPy archive; or several separated by commas (default: ${DEFAULT-VALUE}).")
  private List<MapsFormat> formats;

  Set<MapsFormat> formats() {
    return new LinkedHashSet<>(formats);
  }
}
