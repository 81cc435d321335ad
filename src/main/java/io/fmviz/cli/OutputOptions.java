package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import io.fmviz.pipeline.OutputRequest;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which folder to write to. */
@Under(Heading.OUTPUT)
final class OutputOptions extends ForceOption {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "save_image/${COMMAND-NAME}",
      description = "The folder to write to (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Option(
      names = "--no-html",
      description = "Write no index.html, the page that shows what the folder holds.")
  private boolean noHtml;

  OutputRequest request() {
    return new OutputRequest(folder, force, !noHtml);
  }
}
