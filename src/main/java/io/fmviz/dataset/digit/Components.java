package io.fmviz.dataset.digit;

import java.util.ArrayList;
import java.util.List;

/**
 * The 8-connected components of a picture's strokes.
 *
 * @param labels {@code (height, width)}: a component's label, from 1; 0 for the ground
 * @param all in the order of their labels
 */
record Components(int[] labels, List<Component> all) {
  /**
   * Labels components by hysteresis thresholding (Canny, "A Computational Approach to Edge
   * Detection", 1986): pixels above {@code low} that are connected to one above {@code high}.
   *
   * @param reach of the dilation that closes gaps first; 0 for none
   */
  static Components of(GrayRaster picture, float low, float high, int reach) {
    boolean[] near = near(picture, low, reach);
    Finder finder = new Finder(picture, near, low);
    List<Component> all = new ArrayList<>();
    for (int i = 0; i < near.length; i++) {
      if (picture.values()[i] > high && finder.labels[i] == 0) {
        all.add(finder.find(i, all.size() + 1));
      }
    }
    for (int i = 0; i < near.length; i++) {
      if (picture.values()[i] <= low) {
        finder.labels[i] = 0;
      }
    }
    return new Components(finder.labels, all);
  }

  private static boolean[] near(GrayRaster picture, float low, int reach) {
    float[] values = reach == 0 ? picture.values() : WindowFilters.maximum(picture, reach).values();
    boolean[] near = new boolean[values.length];
    for (int i = 0; i < near.length; i++) {
      near[i] = values[i] > low;
    }
    return near;
  }

  /** Flood fill with 8-connectivity. */
  private static final class Finder {
    private final GrayRaster picture;
    private final boolean[] near;
    private final float low;
    private final int[] labels;
    private final int[] stack;

    Finder(GrayRaster picture, boolean[] near, float low) {
      this.picture = picture;
      this.near = near;
      this.low = low;
      this.labels = new int[near.length];
      this.stack = new int[near.length];
    }

    Component find(int start, int label) {
      Measure measure = new Measure(picture);
      int size = 0;
      stack[size++] = start;
      labels[start] = label;
      while (size > 0) {
        int at = stack[--size];
        int y = at / picture.width();
        int x = at % picture.width();
        if (picture.values()[at] > low) {
          measure.add(y, x);
        }
        for (int ny = Math.max(0, y - 1); ny <= Math.min(picture.height() - 1, y + 1); ny++) {
          for (int nx = Math.max(0, x - 1); nx <= Math.min(picture.width() - 1, x + 1); nx++) {
            int next = ny * picture.width() + nx;
            if (near[next] && labels[next] == 0) {
              labels[next] = label;
              stack[size++] = next;
            }
          }
        }
      }
      return measure.component(label);
    }
  }

  /** Measures a component while it is filled. */
  private static final class Measure {
    private final GrayRaster picture;
    private int area;
    private double mass;
    private int top = Integer.MAX_VALUE;
    private int left = Integer.MAX_VALUE;
    private int bottom;
    private int right;
    private int contact;

    Measure(GrayRaster picture) {
      this.picture = picture;
    }

    void add(int y, int x) {
      area++;
      mass += picture.value(y, x);
      top = Math.min(top, y);
      left = Math.min(left, x);
      bottom = Math.max(bottom, y + 1);
      right = Math.max(right, x + 1);
      if (y == 0 || x == 0 || y == picture.height() - 1 || x == picture.width() - 1) {
        contact++;
      }
    }

    Component component(int label) {
      boolean spans =
          (top == 0 && bottom == picture.height()) || (left == 0 && right == picture.width());
      return new Component(
          label, area, mass, new Component.Box(top, left, bottom, right), contact, spans);
    }
  }
}
