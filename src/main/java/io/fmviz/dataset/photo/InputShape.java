package io.fmviz.dataset.photo;

import io.fmviz.base.Exact;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Numbers;
import io.fmviz.base.UserException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a network says of its input.
 *
 * @param channels like height and width -1 where the network takes any number
 */
record InputShape(int channels, int height, int width, Layout layout) {
  static final int ANY = -1;

  /** More than any network takes in one picture; floats of it would fill a gigabyte. */
  private static final long MAX_VALUES = 100_000_000;

  /**
   * Reads the dimensions.
   *
   * @param told the layout that a person told; null for none
   * @throws UserException if they are not a picture's
   * @throws InvalidValueException if it can't be told where the channels are
   */
  static InputShape of(long[] dimensions, Layout told) {
    if (dimensions.length != 4) {
      throw new UserException(
          "the network's input is %s: pictures take four dimensions, (N, channels, height, width)"
              .formatted(text(dimensions)));
    }
    Layout layout = told == null ? layout(dimensions) : told;
    boolean last = layout == Layout.NHWC;
    long channels = dimensions[last ? 3 : 1];
    long height = dimensions[last ? 1 : 2];
    long width = dimensions[last ? 2 : 3];
    if (channels > 0 && channels != 1 && channels != 3 && channels != 4) {
      throw new UserException(
          "the network's input %s has %s: pictures have 1, 3 or 4"
              .formatted(text(dimensions), Numbers.count(channels, "channel")));
    }
    long values = Math.max(3, channels);
    for (long side : new long[] {height, width}) {
      values = side > MAX_VALUES ? Long.MAX_VALUE : Math.max(1, side) * Math.min(values, 1L << 32);
    }
    if (values > MAX_VALUES) {
      throw new UserException(
          "the network's input %s is too large: at most %d million values of a picture are taken"
              .formatted(text(dimensions), MAX_VALUES / 1_000_000));
    }
    return new InputShape(any(channels), any(height), any(width), layout);
  }

  boolean isOfAnySize() {
    return height == ANY || width == ANY;
  }

  private static int any(long side) {
    return side < 1 ? ANY : (int) side;
  }

  private static Layout layout(long[] dimensions) {
    boolean first = dimensions[1] == 1 || dimensions[1] == 3;
    boolean last = dimensions[3] == 1 || dimensions[3] == 3;
    if (first != last) {
      return first ? Layout.NCHW : Layout.NHWC;
    }
    if (!first && (dimensions[1] == 4) != (dimensions[3] == 4)) {
      return dimensions[1] == 4 ? Layout.NCHW : Layout.NHWC;
    }
    if (first || dimensions[1] < 1 || dimensions[3] < 1) {
      throw new InvalidValueException(
          "layout",
          "must be given, nchw or nhwc: the network's input %s doesn't say where its channels are"
              .formatted(text(dimensions)));
    }
    return dimensions[3] <= 4 && dimensions[1] > 4 ? Layout.NHWC : Layout.NCHW;
  }

  /**
   * The size of pictures.
   *
   * @param wanted what a person, a file or the model's metadata want; null for nothing
   * @param told whether a person did
   */
  Size size(Size wanted, boolean told) {
    Size size =
        wanted == null
            ? null
            : new Size(
                height == ANY ? wanted.height() : height, width == ANY ? wanted.width() : width);
    if (told && !wanted.equals(size)) {
      throw new InvalidValueException(
          "inputSize",
          "must be %s, which is all that the network takes, not %s".formatted(form(), wanted));
    }
    if (size == null && isOfAnySize()) {
      throw new InvalidValueException(
          "inputSize",
          "must be given, as HEIGHTxWIDTH or auto: the network takes pictures of %s"
              .formatted(height == width ? "any size" : form()));
    }
    if (size != null && Exact.product(3L, size.height(), size.width()) > MAX_VALUES) {
      throw new InvalidValueException(
          "inputSize",
          "must have at most %d million values, not %s".formatted(MAX_VALUES / 1_000_000, size));
    }
    return size == null ? new Size(height, width) : size;
  }

  private String form() {
    return (height == ANY ? "any" : height) + " x " + (width == ANY ? "any" : width);
  }

  private static String text(long[] dimensions) {
    return Arrays.stream(dimensions)
        .mapToObj(side -> side < 1 ? "N" : String.valueOf(side))
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
