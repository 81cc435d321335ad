package io.fmviz.image;

/** Enlarges pixels to squares. */
final class NearestNeighbour {
  private NearestNeighbour() {}

  /**
   * Repeats every pixel {@code factor} times in both directions.
   *
   * @param pixels {@code (height, width, channels)}
   * @return {@code (height factor, width factor, channels)}
   */
  static byte[] scaled(byte[] pixels, int height, int width, int channels, int factor) {
    int row = Math.multiplyExact(Math.multiplyExact(width, channels), factor);
    byte[] scaled = new byte[Math.multiplyExact(Math.multiplyExact(height, factor), row)];
    int from = 0;
    for (int y = 0; y < height; y++) {
      int begin = y * factor * row;
      int to = begin;
      for (int x = 0; x < width; x++) {
        for (int i = 0; i < factor; i++) {
          System.arraycopy(pixels, from, scaled, to, channels);
          to += channels;
        }
        from += channels;
      }
      for (int i = 1; i < factor; i++) {
        System.arraycopy(scaled, begin, scaled, begin + i * row, row);
      }
    }
    return scaled;
  }
}
