package io.fmviz.cli;

import java.io.IOException;
import java.net.URISyntaxException;

/** Writes the pages of the help down, when fmviz is built. */
final class HelpWriter {
  private HelpWriter() {}

  public static void main(String[] args) throws IOException, URISyntaxException {
    AllCommands.help().writeAll();
  }
}
