package io.fmviz.dataset.file;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageTypeSpecifier;

/**
 * A picture for a decoder to write into row by row, of which a strip is in memory: each goes to a
 * consumer as soon as a row below it is written, so that a picture of any size is decoded once.
 */
final class RollingRaster extends WritableRaster {
  private final ImageTypeSpecifier type;
  private final int rows;
  private final PictureParts.Consumer<BufferedImage> consumer;
  private BufferedImage strip;
  private int top;

  /**
   * An empty one.
   *
   * @param rows of a strip
   */
  RollingRaster(
      ImageTypeSpecifier type,
      int height,
      int width,
      int rows,
      PictureParts.Consumer<BufferedImage> consumer) {
    super( // The samples of all rows would be more than a sample model counts.
        type.getSampleModel(width, rows),
        type.getSampleModel(1, 1).createDataBuffer(),
        new Rectangle(width, height),
        new Point(0, 0),
        null);
    this.type = type;
    this.rows = rows;
    this.consumer = consumer;
    this.strip = strip();
  }

  /** The picture that the decoder writes into. */
  BufferedImage image() {
    ColorModel colors = type.getColorModel();
    return new BufferedImage(colors, this, colors.isAlphaPremultiplied(), null);
  }

  private BufferedImage strip() {
    return type.createBufferedImage(getWidth(), Math.min(rows, getHeight() - top));
  }

  @Override
  public void setRect(int left, int y, Raster source) {
    at(y).setRect(left, y - top, source);
  }

  @Override
  public void setPixel(int x, int y, int[] samples) {
    at(y).setPixel(x, y - top, samples);
  }

  /** The strip with a row. */
  private WritableRaster at(int y) {
    while (y >= top + strip.getHeight()) {
      end();
      top += strip.getHeight();
      if (strip.getHeight() > getHeight() - top) {
        strip = strip();
      }
    }
    return strip.getRaster();
  }

  /** Hands the last strip on. */
  void end() {
    try {
      consumer.accept(top, strip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
