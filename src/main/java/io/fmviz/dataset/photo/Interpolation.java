package io.fmviz.dataset.photo;

/** How a picture is scaled. */
public enum Interpolation {
  BILINEAR,
  BICUBIC,
  NEAREST
}
