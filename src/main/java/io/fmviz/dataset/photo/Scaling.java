package io.fmviz.dataset.photo;

import io.fmviz.dataset.photo.Filter.Window;

/**
 * How a picture of known size is scaled.
 *
 * @param scaled the size of all of it
 * @param rows like columns which of that are wanted
 * @param isGray whether its colours become greys before
 */
record Scaling(
    Size scaled, Window rows, Window columns, Interpolation interpolation, boolean isGray) {
  /** A whole picture's, in its colours. */
  static Scaling to(Size scaled) {
    return new Scaling(
        scaled,
        new Window(0, scaled.height()),
        new Window(0, scaled.width()),
        Interpolation.BILINEAR,
        false);
  }

  /** Scales a whole one. */
  Scaled apply(Pixels decoded) {
    Pixels pixels = pixels(decoded);
    return new Scaled(
        Resampler.scale(pixels, down(pixels.height()), across(pixels.width())),
        pixels.channels(),
        new Size(pixels.height(), pixels.width()));
  }

  Filter down(int height) {
    return Filter.of(height, scaled.height(), rows, interpolation);
  }

  Filter across(int width) {
    return Filter.of(width, scaled.width(), columns, interpolation);
  }

  /** The pixels that are scaled. */
  Pixels pixels(Pixels decoded) {
    return isGray ? decoded.gray() : decoded;
  }
}
