package io.fmviz.pipeline;

/**
 * Which network to summarize.
 *
 * @param checkpoint null for a fresh network
 * @param baseChannels of a fresh network's first convolution
 */
public record SummaryRequest(CheckpointRequest checkpoint, int baseChannels) {
  public SummaryRequest {
    TrainRequest.requireBase(baseChannels);
  }
}
