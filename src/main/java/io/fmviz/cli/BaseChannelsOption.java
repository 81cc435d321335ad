package io.fmviz.cli;

import io.fmviz.network.torch.ClassifierWidths;
import io.fmviz.network.torch.Topology;
import picocli.CommandLine.Option;

/** How wide a fresh network is. */
final class BaseChannelsOption {
  @Option(
      names = "--base-channels",
      paramLabel = "N",
      defaultValue = "32",
      description =
          "Channels of a fresh network's first convolution; the others have two and four times as"
              + " many (default: ${DEFAULT-VALUE}).")
  private int channels;

  ClassifierWidths widths() {
    return Topology.DIGITS.ofBase(channels);
  }
}
