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

  /**
   * The options as a record.
   *
   * @param html whether a page is written too
   */
  OutputRequest request(boolean html) {
    return new OutputRequest(folder, force, html);
  }
}
