package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import picocli.CommandLine.Option;

/** Whether the folder gets a page to look at. */
@Under(Heading.OUTPUT)
final class HtmlOption {
  @Option(
      names = "--no-html",
      description = "Write no index.html, the page that shows what is in the folder.")
  private boolean without;

  boolean html() {
    return !without;
  }
}
