package io.fmviz.pipeline.summary;

import io.fmviz.base.Require;
import io.fmviz.network.torch.ClassifierWidths;
import io.fmviz.pipeline.NetworkRequest;

/**
 * Which network to summarize.
 *
 * @param network null for a fresh network
 * @param depth how many parts of paths are kept, layers below which are one row; null for all
 * @param fresh the fresh network
 */
public record SummaryRequest(NetworkRequest network, ClassifierWidths fresh, Integer depth) {
  public SummaryRequest {
    Require.atLeast(1, depth, "depth");
  }
}
