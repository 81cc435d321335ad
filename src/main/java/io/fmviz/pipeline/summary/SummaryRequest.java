package io.fmviz.pipeline.summary;

import io.fmviz.network.torch.ClassifierWidths;
import io.fmviz.pipeline.NetworkRequest;

/**
 * Which network to summarize.
 *
 * @param network null for a fresh network
 * @param baseChannels of a fresh network's first convolution
 */
public record SummaryRequest(NetworkRequest network, int baseChannels) {
  public SummaryRequest {
    ClassifierWidths.requireBase(baseChannels);
  }
}
