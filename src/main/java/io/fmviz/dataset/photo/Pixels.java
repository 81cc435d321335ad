package io.fmviz.dataset.photo;

import io.fmviz.base.Exact;
import io.fmviz.dataset.Picture;
import io.fmviz.dataset.file.ImageTags;

/**
 * Decoded pixels where a decoder put them, seen upright.
 *
 * @param data unsigned bytes
 * @param steps from one of them to the next
 * @param offsets of red, green and blue from a pixel's place, or of the one grey
 */
record Pixels(byte[] data, int height, int width, Steps steps, int[] offsets) {
  /**
   * Where pixels are.
   *
   * @param first the place of the first row's first
   * @param row how far it is to the pixel below
   * @param column how far it is to the pixel to the right
   */
  record Steps(int first, int row, int column) {}

  /** Pixels in the usual order, row by row, with all channels of one together. */
  static Pixels of(byte[] data, int height, int width, int channels) {
    return new Pixels(
        data,
        height,
        width,
        new Steps(0, Exact.product(width, channels), channels),
        channels == 1 ? new int[] {0} : new int[] {0, 1, 2});
  }

  int channels() {
    return offsets.length;
  }

  int value(int row, int column, int channel) {
    return data[steps.first() + row * steps.row() + column * steps.column() + offsets[channel]]
        & 0xff;
  }

  /** Turned and mirrored as EXIF says; nothing is moved. */
  Pixels upright(int orientation) {
    boolean turned = ImageTags.isTurned(orientation);
    int high = turned ? width : height;
    int wide = turned ? height : width;
    int down = turned ? steps.column() : steps.row();
    int right = turned ? steps.row() : steps.column();
    int first = steps.first();
    if (ImageTags.isUpsideDown(orientation)) {
      first += (high - 1) * down;
      down = -down;
    }
    if (ImageTags.isMirrored(orientation)) {
      first += (wide - 1) * right;
      right = -right;
    }
    return new Pixels(data, high, wide, new Steps(first, down, right), offsets);
  }

  /** A copy in the usual order. */
  Picture picture() {
    byte[] values = new byte[Exact.product(height, channels(), width)];
    for (int y = 0, i = 0; y < height; y++) {
      int at = steps.first() + y * steps.row();
      for (int x = 0; x < width; x++, at += steps.column()) {
        for (int offset : offsets) {
          values[i++] = data[at + offset];
        }
      }
    }
    return new Picture(channels(), height, width, values);
  }

  /** Copies these into others of three channels, that lie in the usual order. */
  void copyTo(Pixels target, int top, int left) {
    for (int y = 0; y < height; y++) {
      int at = steps.first() + y * steps.row();
      int to = 3 * ((top + y) * target.width() + left);
      for (int x = 0; x < width; x++, at += steps.column()) {
        for (int c = 0; c < 3; c++) {
          target.data()[to++] = data[at + offsets[c % offsets.length]];
        }
      }
    }
  }

  /** As greys, by ITU-R BT.601's weights in Pillow's arithmetic (Convert.c: L24). */
  Pixels gray() {
    if (channels() == 1) {
      return this;
    }
    byte[] grays = new byte[Exact.product(height, width)];
    for (int y = 0, i = 0; y < height; y++) {
      int at = steps.first() + y * steps.row();
      for (int x = 0; x < width; x++, at += steps.column()) {
        int red = data[at + offsets[0]] & 0xff;
        int green = data[at + offsets[1]] & 0xff;
        int blue = data[at + offsets[2]] & 0xff;
        grays[i++] = (byte) ((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16);
      }
    }
    return of(grays, height, width, 1);
  }
}
