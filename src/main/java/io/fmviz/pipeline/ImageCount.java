package io.fmviz.pipeline;

import io.fmviz.dataset.Images;

/** How many images were looked at. */
public final class ImageCount {
  private ImageCount() {}

  /** All, without those that could not be read. */
  public static int at(Images images) {
    return images.count() - images.passedOver().size();
  }
}
