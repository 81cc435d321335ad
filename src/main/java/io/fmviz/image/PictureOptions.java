package io.fmviz.image;

import io.fmviz.base.Require;

/**
 * How the maps of a layer become a picture.
 *
 * @param scale every pixel becomes a square of as many by as many, from 1 to 32, gaps too; {@link
 *     #AUTO} for as many as small maps need to be seen, and gaps as they are
 * @param label whether each map gets its channel's number, counted from 0
 */
public record PictureOptions(
    GridOptions grid, Normalize normalize, Colormap colormap, int scale, boolean label) {
  /** As large as can be seen. */
  public static final int AUTO = GridOptions.AUTO;

  private static final int MAX_SCALE = 32;

  /** The shorter side of a map is made so long, unless the longer one is long enough then. */
  private static final int LEAST_SIDE = 24;

  private static final int LONG_SIDE = 96;

  /** A picture of more pixels is not made larger than it must be. */
  private static final long ENOUGH = 1 << 24;

  public PictureOptions {
    if (scale != AUTO) {
      Require.within(1, MAX_SCALE, scale, "scale");
    }
  }

  /** The same with another number of maps in a row. */
  public PictureOptions withNrow(int nrow) {
    GridOptions other = new GridOptions(nrow, grid.padding(), grid.padValue());
    return new PictureOptions(other, normalize, colormap, scale, label);
  }

  /** The side of the square that a pixel of an image becomes. */
  public int imageScale() {
    return scale == AUTO ? 1 : scale;
  }

  /** The side of the square that a pixel of a map becomes, one of so many of such a size. */
  public int scale(int maps, int height, int width) {
    if (scale != AUTO) {
      return scale;
    }
    int shorter = Math.min(height, width);
    int longer = Math.max(height, width);
    int factor = Math.min((LEAST_SIDE + shorter - 1) / shorter, Math.max(1, LONG_SIDE / longer));
    while (factor > 1 && maps * ((long) height * factor) * width * factor > ENOUGH) {
      factor--;
    }
    return factor;
  }

  /** The gap between two pictures, in pixels of the result. */
  public int gap() {
    return grid.padding() * imageScale();
  }
}
