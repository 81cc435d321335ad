package io.fmviz.dataset.file;

import io.fmviz.base.Exact;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/**
 * The samples of decoded pixels, as they are in the file: the JDK's decoder stretches those of 9 to
 * 15 bits to 16, gives what is larger than its integers as negative, and turns WhiteIsZero around.
 */
public final class Samples {
  private final Raster raster;
  private final SampleFormat format;
  private final int colors;
  private final int alpha;
  private final double[] all;
  private final double[] wanted;

  /** Of a picture, or of a part of it. */
  public Samples(BufferedImage image, SampleFormat format) {
    ColorModel model = image.getColorModel();
    this.raster = image.getRaster();
    this.format = format;
    int bands = raster.getNumBands();
    this.colors = format.colors() == null ? model.getNumColorComponents() : format.colors();
    this.alpha = format.alpha() != null ? format.alpha() : model.hasAlpha() ? bands - 1 : -1;
    this.all = new double[Exact.product(raster.getWidth(), bands)];
    this.wanted = new double[Exact.product(raster.getWidth(), colors + (alpha < 0 ? 0 : 1))];
  }

  public int height() {
    return raster.getHeight();
  }

  public int width() {
    return raster.getWidth();
  }

  /** How many of a pixel's samples are colours. */
  public int colors() {
    return colors;
  }

  /** Whether colours are multiplied by alpha already. */
  public boolean isMultiplied() {
    return format.isMultiplied();
  }

  /** Whether one more sample of each pixel, its last, is alpha. */
  public boolean hasAlpha() {
    return alpha >= 0;
  }

  /**
   * A row's colours, and alpha behind those of each pixel.
   *
   * @return the same array each time
   */
  public double[] row(int y) {
    raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, all);
    int bands = raster.getNumBands();
    for (int i = 0, to = 0; i < all.length; i += bands) {
      for (int c = 0; c < colors; c++) {
        wanted[to++] = own(all[i + c], c, format.isInverted());
      }
      if (alpha >= 0) {
        wanted[to++] = own(all[i + alpha], alpha, false);
      }
    }
    return wanted;
  }

  /** Adds all colours to a range. */
  void addTo(SampleRange range) {
    int step = colors + (alpha < 0 ? 0 : 1);
    for (int y = 0; y < height(); y++) {
      double[] row = row(y);
      for (int i = 0; i < row.length; i++) {
        if (i % step < colors) {
          range.add(row[i]);
        }
      }
    }
  }

  private double own(double decoded, int band, boolean isInverted) {
    if (format.kind() == SampleFormat.Kind.FLOAT) {
      return isInverted ? 1 - decoded : decoded;
    }
    int bits = raster.getSampleModel().getSampleSize(band);
    double all = Math.scalb(1.0, bits);
    double value = isInverted ? turned(decoded, all) : decoded;
    boolean isSigned = format.kind() == SampleFormat.Kind.SIGNED;
    if (!isSigned && value < 0) {
      value += all;
    } else if (isSigned && value >= all / 2) {
      value -= all;
    }
    double most = (isSigned ? all / 2 : all) - 1;
    return bits == format.bits() ? value : Math.rint(value * format.most() / most);
  }

  /**
   * Undoes what the decoder did, in its arithmetic: it takes integers of 16 and 32 bits from their
   * largest.
   */
  private double turned(double decoded, double all) {
    return switch (raster.getTransferType()) {
      case DataBuffer.TYPE_SHORT -> (short) (Short.MAX_VALUE - (short) decoded);
      case DataBuffer.TYPE_INT ->
          all > Integer.MAX_VALUE ? Integer.MAX_VALUE - (int) decoded : all - 1 - decoded;
      default -> all - 1 - decoded;
    };
  }
}
