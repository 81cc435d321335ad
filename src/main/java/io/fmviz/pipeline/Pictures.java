package io.fmviz.pipeline;

import io.fmviz.dataset.Picture;
import io.fmviz.image.RgbImage;

/** Images as they are drawn beside maps. */
public final class Pictures {
  private Pictures() {}

  /** All of an image. */
  public static RgbImage of(Picture picture) {
    return crop(picture, 0, 0, picture.height(), picture.width());
  }

  /**
   * A rectangle of an image, black beyond its edges.
   *
   * @param top its first row, perhaps outside
   * @param left its first column, perhaps outside
   */
  public static RgbImage crop(Picture picture, int top, int left, int height, int width) {
    byte[] rgb = new byte[3 * height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int row = top + y;
        int column = left + x;
        if (row >= 0 && row < picture.height() && column >= 0 && column < picture.width()) {
          for (int c = 0; c < 3; c++) {
            int channel = picture.channels() == 1 ? 0 : c;
            rgb[3 * (y * width + x) + c] = (byte) picture.value(row, column, channel);
          }
        }
      }
    }
    return new RgbImage(height, width, rgb);
  }
}
