package io.fmviz.dataset;

import io.fmviz.base.Exact;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Grey images of one size with a label each, kept as the unsigned bytes they came in: {@code
 * (count, height, width)}, row by row, 0 black to 255 white.
 */
public final class LabeledImages implements Images {
  /** Each byte's value as the network sees it, in [0, 1]: the division that PyTorch does. */
  private static final float[] UNIT = new float[256];

  static {
    for (int i = 0; i < UNIT.length; i++) {
      UNIT[i] = i / 255f;
    }
  }

  private final byte[] pixels;
  private final int[] labels;
  private final List<String> classNames;
  private final int height;
  private final int width;

  /**
   * Takes the arrays as they are, without a copy.
   *
   * @param pixels {@code labels.length * height * width} bytes
   * @param labels one label per image, from 0
   * @param classNames what these stand for
   */
  public LabeledImages(
      byte[] pixels, int[] labels, List<String> classNames, int height, int width) {
    if (height < 1
        || width < 1
        || pixels.length != Exact.product((long) labels.length, height, width)) {
      throw new IllegalArgumentException(
          "%d pixels are not %d images of %d x %d"
              .formatted(pixels.length, labels.length, height, width));
    }
    this.pixels = pixels;
    this.labels = labels;
    this.classNames = List.copyOf(classNames);
    this.height = height;
    this.width = width;
  }

  /** Digits, or what else has ten classes, named 0 to 9. */
  public static LabeledImages ofTen(byte[] pixels, byte[] labels, int height, int width) {
    int[] values = new int[labels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = labels[i];
    }
    return new LabeledImages(
        pixels,
        values,
        IntStream.range(0, Dataset.CLASSES).mapToObj(String::valueOf).toList(),
        height,
        width);
  }

  @Override
  public int count() {
    return labels.length;
  }

  @Override
  public int channels() {
    return 1;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public void copyTo(FloatBuffer target, int index) {
    int size = Exact.product(height, width);
    for (int i = index * size, end = i + size; i < end; i++) {
      target.put(UNIT[pixels[i] & 0xff]);
    }
  }

  @Override
  public Picture picture(int index) {
    int size = Exact.product(height, width);
    return new Picture(
        1, height, width, Arrays.copyOfRange(pixels, index * size, (index + 1) * size));
  }

  /** {@code 1-7}: the number from 1, and the label. */
  @Override
  public String title(int index) {
    return (index + 1) + "-" + labels[index];
  }

  @Override
  public LabeledImages first(int count) {
    return count >= labels.length
        ? this
        : new LabeledImages(
            Arrays.copyOf(pixels, Exact.product(count, height, width)),
            Arrays.copyOf(labels, count),
            classNames,
            height,
            width);
  }
}
