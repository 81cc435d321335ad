package io.fmviz.cli.options;

import io.fmviz.cli.options.Heading.Under;
import io.fmviz.pipeline.MapsFormat;
import io.fmviz.pipeline.OutputRequest;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which folder to write to. */
@Under(Heading.OUTPUT)
public final class OutputOptions {
  @Mixin private ForceOption overwriting;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "save_image/${COMMAND-NAME}",
      description = "The folder to write to (default: ${DEFAULT-VALUE}).")
  private Path folder;

  /**
   * The options as a record.
   *
   * @param html whether a page is written too
   */
  public OutputRequest request(boolean html) {
    return new OutputRequest(folder, overwriting.force, html);
  }

  /** Whether what is there may be overwritten. */
  public static final class ForceOption {
    // The order is that of a last option under its heading; all others have -1.
    @Option(
        names = "--force",
        order = 1,
        description =
            "Write even where files are: those of the same name are replaced, all others stay.")
    private boolean force;

    public boolean force() {
      return force;
    }
  }

  /** Whether the folder gets a page to look at. */
  public static final class HtmlOption {
    @Option(
        names = "--no-html",
        description = "Write no index.html, the page that shows what is in the folder.")
    private boolean without;

    public boolean html() {
      return !without;
    }
  }

  /** What kinds of files to write. */
  public static final class FormatOption {
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

    public Set<MapsFormat> formats() {
      return new LinkedHashSet<>(formats);
    }
  }
}
