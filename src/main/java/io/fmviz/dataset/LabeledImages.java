package io.fmviz.dataset;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Grey images of one size with a label each, kept as the unsigned bytes they came in: {@code
 * (count, height, width)}, row by row, 0 black to 255 white.
 */
public final class LabeledImages {
  /** In place of a label where there is none. */
  public static final int NO_LABEL = -1;

  /** Each byte's value as the network sees it, in [0, 1]: the division that PyTorch does. */
  private static final float[] UNIT = new float[256];

  static {
    for (int i = 0; i < UNIT.length; i++) {
      UNIT[i] = i / 255f;
    }
  }

  private final byte[] pixels;
  private final byte[] labels;
  private final int height;
  private final int width;

  /**
   * Takes the arrays as they are, without a copy.
   *
   * @param pixels {@code labels.length * height * width} bytes
   * @param labels one label per image, from 0
   */
  public LabeledImages(byte[] pixels, byte[] labels, int height, int width) {
    if (height < 1 || width < 1 || pixels.length != (long) labels.length * height * width) {
      throw new IllegalArgumentException(
          "%d pixels are not %d images of %d x %d"
              .formatted(pixels.length, labels.length, height, width));
    }
    this.pixels = pixels;
    this.labels = labels;
    this.height = height;
    this.width = width;
  }

  /** Images that nobody has labelled: the label of each is {@link #NO_LABEL}. */
  static LabeledImages unlabeled(byte[] pixels, int count, int height, int width) {
    byte[] labels = new byte[count];
    Arrays.fill(labels, (byte) NO_LABEL);
    return new LabeledImages(pixels, labels, height, width);
  }

  public int count() {
    return labels.length;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** The label of image {@code index}, counted from 0; {@link #NO_LABEL} if it has none. */
  public int label(int index) {
    return labels[index];
  }

  /** The grey value of one pixel, 0 to 255. */
  public int pixel(int index, int row, int column) {
    return pixels[(index * height + row) * width + column] & 0xff;
  }

  /** Appends image {@code index} as {@code height * width} floats in [0, 1]. */
  public void copyTo(FloatBuffer target, int index) {
    int size = height * width;
    for (int i = index * size, end = i + size; i < end; i++) {
      target.put(UNIT[pixels[i] & 0xff]);
    }
  }

  /** The first {@code count} images, or these if there are no more. */
  public LabeledImages first(int count) {
    return count >= labels.length
        ? this
        : new LabeledImages(
            Arrays.copyOf(pixels, count * height * width),
            Arrays.copyOf(labels, count),
            height,
            width);
  }
}
