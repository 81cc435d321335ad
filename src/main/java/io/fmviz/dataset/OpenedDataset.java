package io.fmviz.dataset;

/**
 * The dataset that {@code --dataset} led to.
 *
 * @param fallbackReason why the synthetic digits stand in for MNIST, or null if they don't
 */
public record OpenedDataset(Dataset dataset, String fallbackReason) {
  public static OpenedDataset asAsked(Dataset dataset) {
    return new OpenedDataset(dataset, null);
  }

  public boolean isFallback() {
    return fallbackReason != null;
  }
}
