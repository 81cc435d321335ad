package io.fmviz.dataset.photo;

import io.fmviz.dataset.file.Levels;
import io.fmviz.dataset.file.Samples;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;

/**
 * What a decoder gave, as bytes in grey or colour. Of 16 bits the upper eight are kept, as Pillow
 * does; what is transparent lies over white.
 *
 * @param isTransparent whether some of it was
 * @param doubt what makes its values doubtful; null for nothing
 */
record Flattened(Pixels pixels, boolean isTransparent, String doubt) {
  private static final int OPAQUE = 255;

  static Flattened of(BufferedImage image) {
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel index) {
      return palette(image.getRaster(), index);
    }
    if (isInPlace(image.getSampleModel(), model) && isInOneArray(image.getRaster())) {
      return new Flattened(inPlace(image.getRaster()), false, null);
    }
    if (isPlain(image.getSampleModel(), model) && !model.isAlphaPremultiplied()) {
      return samples(image.getRaster(), model);
    }
    return model.getColorSpace().getType() == ColorSpace.TYPE_CMYK && model.getNumComponents() == 4
        ? Inks.ink(image.getRaster())
        : converted(image);
  }

  /** Samples that aren't the usual eight bits. */
  static Flattened of(Samples samples, Levels levels) {
    int colors = samples.colors();
    Canvas canvas = new Canvas(samples.height(), samples.width(), colors);
    int step = colors + (samples.hasAlpha() ? 1 : 0);
    for (int y = 0; y < samples.height(); y++) {
      double[] row = samples.row(y);
      for (int i = 0; i < row.length; i += step) {
        int alpha = samples.hasAlpha() ? levels.alpha(row[i + colors]) : OPAQUE;
        boolean isMultiplied = samples.isMultiplied() && alpha > 0;
        for (int c = 0; c < colors; c++) {
          int value = levels.eightBits(row[i + c]);
          canvas.add(isMultiplied ? Math.min(OPAQUE, OPAQUE * value / alpha) : value, alpha);
        }
      }
    }
    return canvas.flattened();
  }

  Flattened doubted(String why) {
    return new Flattened(pixels, isTransparent, why);
  }

  private static boolean isPlain(SampleModel samples, ColorModel model) {
    int space = model.getColorSpace().getType();
    return model instanceof ComponentColorModel
        && (space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB)
        && samples.getTransferType() <= DataBuffer.TYPE_USHORT;
  }

  /** Whether a decoder's own bytes of such pixels are what is wanted. */
  static boolean isInPlace(SampleModel samples, ColorModel model) {
    return isPlain(samples, model)
        && !model.hasAlpha()
        && samples instanceof PixelInterleavedSampleModel
        && samples.getDataType() == DataBuffer.TYPE_BYTE
        && samples.getSampleSize(0) == 8
        && (samples.getNumBands() == 1 || samples.getNumBands() == 3);
  }

  private static boolean isInOneArray(Raster raster) {
    return raster.getDataBuffer() instanceof DataBufferByte bytes && bytes.getNumBanks() == 1;
  }

  /** Nothing is copied: the decoder's array is looked at. */
  private static Pixels inPlace(Raster raster) {
    DataBufferByte bytes = (DataBufferByte) raster.getDataBuffer();
    PixelInterleavedSampleModel model = (PixelInterleavedSampleModel) raster.getSampleModel();
    int row = model.getScanlineStride();
    int column = model.getPixelStride();
    int first =
        bytes.getOffset()
            - raster.getSampleModelTranslateY() * row
            - raster.getSampleModelTranslateX() * column;
    return new Pixels(
        bytes.getData(),
        raster.getHeight(),
        raster.getWidth(),
        new Pixels.Steps(first, row, column),
        model.getBandOffsets());
  }

  private static Flattened samples(Raster raster, ColorModel model) {
    int bands = raster.getNumBands();
    int channels = model.getNumColorComponents();
    boolean hasAlpha = model.hasAlpha();
    Canvas canvas = new Canvas(raster.getHeight(), raster.getWidth(), channels);
    int bits = raster.getSampleModel().getSampleSize(0);
    int[] row = new int[raster.getWidth() * bands];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int i = 0; i < row.length; i += bands) {
        int alpha = hasAlpha ? eightBits(row[i + bands - 1], bits) : OPAQUE;
        for (int c = 0; c < channels; c++) {
          canvas.add(eightBits(row[i + c], bits), alpha);
        }
      }
    }
    return canvas.flattened();
  }

  private static int eightBits(int value, int bits) {
    return bits >= 8 ? value >>> (bits - 8) : value * 255 / ((1 << bits) - 1);
  }

  private static Flattened palette(Raster raster, IndexColorModel model) {
    int[] colors = new int[model.getMapSize()];
    model.getRGBs(colors);
    Canvas canvas = new Canvas(raster.getHeight(), raster.getWidth(), 3);
    int[] row = new int[raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, 0, row);
      for (int index : row) {
        canvas.addColor(colors[index]);
      }
    }
    return canvas.flattened();
  }

  /** By the JDK's own arithmetic: what is rare, such as Lab or floats in a TIFF. */
  private static Flattened converted(BufferedImage image) {
    Canvas canvas = new Canvas(image.getHeight(), image.getWidth(), 3);
    int[] row = new int[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int color : row) {
        canvas.addColor(color);
      }
    }
    return canvas.flattened();
  }
}
