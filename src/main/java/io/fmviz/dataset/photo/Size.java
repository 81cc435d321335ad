package io.fmviz.dataset.photo;

import java.io.Serializable;

/** A size in pixels. */
public record Size(int height, int width) implements Serializable {
  public Size {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("there is no size of " + height + " x " + width);
    }
  }

  boolean isSquare() {
    return height == width;
  }

  int shorter() {
    return Math.min(height, width);
  }

  /** As {@code 224 x 224}; rows come first. */
  @Override
  public String toString() {
    return height + " x " + width;
  }
}
