package io.fmviz.image;

import io.fmviz.base.Require;

/**
 * How the maps of a layer become a picture.
 *
 * @param scale every pixel becomes a square of as many by as many, from 1 to 32
 * @param label whether each map gets its channel's number, counted from 0
 */
public record PictureOptions(
    GridOptions grid, Normalize normalize, Colormap colormap, int scale, boolean label) {
  private static final int MAX_SCALE = 32;

  public PictureOptions {
    Require.within(1, MAX_SCALE, scale, "scale");
  }

  /** The same with another number of maps in a row. */
  public PictureOptions withNrow(int nrow) {
    GridOptions other = new GridOptions(nrow, grid.padding(), grid.padValue());
    return new PictureOptions(other, normalize, colormap, scale, label);
  }

  /** The gap between two pictures, in pixels of the result. */
  public int gap() {
    return grid.padding() * scale;
  }
}
