package io.fmviz.dataset.photo;

import io.fmviz.base.Exact;
import io.fmviz.dataset.Picture;
import io.fmviz.dataset.Reading;
import io.fmviz.dataset.photo.Filter.Window;
import java.util.Arrays;

/**
 * A picture in the size that a network takes.
 *
 * @param picture what the network sees of it
 */
record Fitted(Picture picture, Reading reading, Placement placement) {
  /** The grey around a picture in a letterbox, ultralytics' own. */
  private static final byte GREY = 114;

  /** What transformers puts around a picture that is smaller than what is cut out. */
  private static final byte BLACK = 0;

  /** Values that differ by less from black or white are nearly that. */
  private static final int NEARLY = 16;

  /** How a picture of some size is scaled for a network. */
  static Scaling scaling(Preprocessing reading, Size original) {
    Placement placement = Placement.of(reading, original);
    return new Scaling(
        placement.scaled(),
        window(placement.top(), placement.scaled().height(), placement.seen().height()),
        window(placement.left(), placement.scaled().width(), placement.seen().width()),
        reading.fitting().interpolation(),
        reading.numbers().order() == ChannelOrder.GRAY);
  }

  /** A whole photograph's. */
  static Fitted of(PhotoReader.Photo photo, Preprocessing reading) {
    Size original = new Size(photo.pixels().height(), photo.pixels().width());
    return of(scaling(reading, original).apply(photo.pixels()), photo.reading(), reading);
  }

  /** What {@link #scaling} made. */
  static Fitted of(Scaled scaled, Reading how, Preprocessing reading) {
    Placement placement = Placement.of(reading, scaled.original());
    Scaling scaling = scaling(reading, scaled.original());
    Window rows = scaling.rows();
    Window columns = scaling.columns();
    int channels = scaling.isGray() ? 1 : 3;
    byte[] colors = scaled.channels() == channels ? scaled.values() : threefold(scaled.values());
    Size seen = placement.seen();
    boolean full = rows.size() == seen.height() && columns.size() == seen.width();
    byte[] values =
        full
            ? colors
            : within(
                reading.fit() == Fit.LETTERBOX ? GREY : BLACK,
                colors,
                placement,
                Exact.product(columns.size(), channels),
                channels);
    return new Fitted(
        new Picture(channels, seen.height(), seen.width(), values),
        how.doubted(doubt(colors)),
        placement);
  }

  /** Whether all but a thousandth of what is seen is nearly black or white; null for neither. */
  private static String doubt(byte[] values) {
    int dark = 0;
    int light = 0;
    for (byte value : values) {
      dark += (value & 0xff) < NEARLY ? 1 : 0;
      light += (value & 0xff) > 255 - NEARLY ? 1 : 0;
    }
    int enough = values.length - values.length / 1000;
    return dark >= enough
        ? "comes out nearly black"
        : light >= enough ? "comes out nearly white" : null;
  }

  /** What is seen of a scaled side. */
  private static Window window(int from, int scaled, int seen) {
    int begin = Math.max(0, from);
    return new Window(begin, Math.min(scaled, from + seen) - begin);
  }

  private static byte[] threefold(byte[] grays) {
    byte[] colors = new byte[3 * grays.length];
    for (int i = 0; i < grays.length; i++) {
      Arrays.fill(colors, 3 * i, 3 * i + 3, grays[i]);
    }
    return colors;
  }

  private static byte[] within(
      byte around, byte[] scaled, Placement placement, int row, int channels) {
    int width = Exact.product(placement.seen().width(), channels);
    byte[] values = new byte[Exact.product(placement.seen().height(), width)];
    Arrays.fill(values, around);
    for (int y = 0; y < scaled.length / row; y++) {
      int top = Math.max(0, -placement.top()) + y;
      int left = Math.max(0, -placement.left()) * channels;
      System.arraycopy(scaled, y * row, values, top * width + left, row);
    }
    return values;
  }
}
