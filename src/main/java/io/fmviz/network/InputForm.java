package io.fmviz.network;

import io.fmviz.dataset.Images;

/** What images must be like for a network to take them. */
public record InputForm(int channels, int height, int width) {
  /** Whether the network takes these. */
  public boolean fits(Images images) {
    return images.channels() == channels && images.height() == height && images.width() == width;
  }

  /** How many values one image has. */
  public long size() {
    return (long) channels * height * width;
  }
}
