package io.fmviz.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a command other than visualize writes. */
final class OutputOptions {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "save_image/${COMMAND-NAME}",
      description = "The folder for the pictures.")
  Path folder;

  @Option(
      names = "--force",
      description =
          "Write into a folder that holds other files; only those of the same name are replaced.")
  boolean force;
}
