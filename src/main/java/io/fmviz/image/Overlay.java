package io.fmviz.image;

import io.fmviz.base.Require;

/**
 * Maps in colour over the pictures that they are of. A map is scaled bilinearly, as PyTorch's
 * {@code interpolate(mode="bilinear", align_corners=False)} does it: the middles of its values lie
 * at the middles of equal parts, and beyond the outer ones nothing changes.
 *
 * @param alpha how much of a pixel is the map's colour, from 0 to 1
 */
public record Overlay(Colormap colormap, double alpha) {
  /** Of what the network doesn't see, this much is left. */
  private static final double SHADE = 0.35;

  private static final int SPACE = 4;

  public Overlay {
    Require.share(1, alpha, "alpha");
  }

  /** Where a map lies on a picture, in its pixels, perhaps beyond its edges. */
  public record Area(double top, double left, double bottom, double right) {
    /** All of a picture. */
    public static Area of(RgbImage picture) {
      return new Area(0, 0, picture.height(), picture.width());
    }

    /** The same on a picture that was made larger or smaller. */
    public Area scaled(double down, double across) {
      return new Area(top * down, left * across, bottom * down, right * across);
    }

    double y(int row) {
      return (row + 0.5 - top) / (bottom - top);
    }

    double x(int column) {
      return (column + 0.5 - left) / (right - left);
    }

    /** Whether a pixel lies in it. */
    public boolean has(int row, int column) {
      return y(row) >= 0 && y(row) < 1 && x(column) >= 0 && x(column) < 1;
    }
  }

  /**
   * A map to lay over a picture.
   *
   * @param unit {@code (height, width)} in [0, 1], row by row; NaN is drawn in grey
   */
  public record Map(int height, int width, float[] unit) {
    /**
     * Its value somewhere.
     *
     * @param y from 0, its upper edge, to 1
     * @param x from 0, its left edge, to 1
     */
    float at(double y, double x) {
      float down = (float) Math.max(0, Math.min(height - 1, y * height - 0.5));
      float across = (float) Math.max(0, Math.min(width - 1, x * width - 0.5));
      int top = (int) down;
      int left = (int) across;
      int below = Math.min(height - 1, top + 1) * width;
      int right = Math.min(width - 1, left + 1);
      float upper = mix(unit[top * width + left], unit[top * width + right], across - left);
      float lower = mix(unit[below + left], unit[below + right], across - left);
      return mix(upper, lower, down - top);
    }

    private static float mix(float a, float b, float share) {
      return share == 0 ? a : a + (b - a) * share;
    }
  }

  /** The picture with the map over it, and what lies outside the map's area shaded. */
  public RgbImage draw(RgbImage picture, Map map, Area area) {
    Canvas canvas = new Canvas(picture.height(), picture.width(), 0);
    for (int row = 0; row < picture.height(); row++) {
      for (int column = 0; column < picture.width(); column++) {
        int below = picture.pixel(row, column);
        if (area.has(row, column)) {
          float value = map.at(area.y(row), area.x(column));
          int color =
              Float.isNaN(value)
                  ? Colormap.NON_FINITE
                  : colormap.color(FeatureMapGrid.grey(value) & 0xff);
          canvas.set(row, column, mixed(below, color, alpha));
        } else {
          canvas.set(row, column, mixed(below, 0, 1 - SHADE));
        }
      }
    }
    return canvas.image();
  }

  /** A picture with a colour bar to its right, on white. */
  public RgbImage withBar(RgbImage picture, double low, double high) {
    ColorBar bar = new ColorBar(new HeatMap.Shades(low, high, colormap));
    Canvas canvas =
        new Canvas(
            Math.max(picture.height(), ColorBar.LEAST_HEIGHT),
            (long) picture.width() + SPACE + bar.width(),
            0xffffff);
    canvas.draw(picture, 1, 0, 0);
    bar.draw(canvas, 0, picture.width() + SPACE, Math.max(picture.height(), ColorBar.LEAST_HEIGHT));
    return canvas.image();
  }

  private static int mixed(int below, int above, double share) {
    int color = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double value = (1 - share) * (below >> shift & 0xff) + share * (above >> shift & 0xff);
      color |= (int) Math.round(value) << shift;
    }
    return color;
  }
}
