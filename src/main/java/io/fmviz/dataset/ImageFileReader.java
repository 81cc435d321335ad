package io.fmviz.dataset;

import io.fmviz.base.FileKind;
import io.fmviz.base.UserException;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads one PNG or JPEG file as grey values. What it claims to be is checked before decoding. */
final class ImageFileReader {
  /** More than any camera makes; a file of some kilobytes can claim billions. */
  private static final long MAX_PIXELS = 64_000_000;

  /** A longer row of pixels would not be decoded, but only fill memory. */
  private static final int MAX_SIDE = 30_000;

  /** Only every n-th pixel of larger pictures is kept: 20 of them are wanted in the end. */
  private static final int ENOUGH = 1024;

  /** ITU-R BT.601's weights of red, green and blue in a grey. */
  private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

  /**
   * The decoders' warnings of pixels that are missing or wrong. Others, such as of a colour profile
   * that is ignored or of bytes between two segments, change nothing that is looked at.
   */
  private static final Pattern LOSS =
      Pattern.compile(
          "(?i)premature|truncated|inconsistent progression|corrupt(?! JPEG data: \\d+ extraneous bytes)");

  /** What Java's JPEG reader says to four colour components; newer ones decode them. */
  private static final String INKS = "Unsupported Image Type";

  private ImageFileReader() {}

  /**
   * Reads a file.
   *
   * @param invert for dark strokes on a light ground; transparent pixels are ground
   */
  static GrayRaster read(Path file, boolean invert) {
    try (ImageInputStream in = open(file)) {
      ImageReader reader = reader(file, in);
      try {
        return gray(decode(file, reader), invert);
      } finally {
        reader.dispose();
      }
    } catch (IOException e) {
      throw UserException.cannotRead(file, e);
    }
  }

  private static ImageInputStream open(Path file) throws IOException {
    // Where a file can't be opened, ImageIO keeps the reason to itself.
    try (InputStream probe = Files.newInputStream(file)) {
      if (probe.read() < 0) {
        throw bad(file, "it is empty");
      }
    }
    return ImageIO.createImageInputStream(file.toFile());
  }

  private static ImageReader reader(Path file, ImageInputStream in) throws IOException {
    for (Iterator<ImageReader> i = ImageIO.getImageReaders(in); i.hasNext(); ) {
      ImageReader reader = i.next();
      if (List.of("png", "jpeg").contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        reader.setInput(in, true, true);
        return reader;
      }
      reader.dispose();
    }
    throw FileKind.of(file)
        .map(kind -> kind.insteadOf(file, "a PNG or JPEG", "save it anew as one"))
        .orElseGet(() -> bad(file, "it begins like neither"));
  }

  private static BufferedImage decode(Path file, ImageReader reader) {
    String[] loss = new String[1];
    reader.addIIOReadWarningListener(
        (source, text) -> loss[0] = LOSS.matcher(text).find() ? text : loss[0]);
    BufferedImage image;
    try {
      checkSize(file, reader.getWidth(0), reader.getHeight(0));
      ImageReadParam param = reader.getDefaultReadParam();
      int step = (Math.max(reader.getWidth(0), reader.getHeight(0)) + ENOUGH - 1) / ENOUGH;
      param.setSourceSubsampling(step, step, 0, 0);
      image = reader.read(0, param);
    } catch (UserException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (INKS.equals(e.getMessage())) {
        throw inks(file);
      }
      // The decoders answer broken files with exceptions of many kinds.
      throw bad(file, reason(e));
    }
    if (loss[0] != null) {
      throw bad(file, loss[0]);
    }
    if (image.getColorModel().getNumColorComponents() > LUMA.length) {
      throw inks(file);
    }
    return image;
  }

  private static void checkSize(Path file, int width, int height) {
    if ((long) width * height > MAX_PIXELS || Math.max(width, height) > MAX_SIDE) {
      throw new UserException(
          "%s is %d x %d pixels: at most %d million, %,d in a row, are taken; make it smaller"
              .formatted(file, width, height, MAX_PIXELS / 1_000_000, MAX_SIDE));
    }
  }

  private static GrayRaster gray(BufferedImage image, boolean invert) {
    int height = image.getHeight();
    int width = image.getWidth();
    float[] values = new float[height * width];
    // getRGB would apply a gamma curve to grey pictures.
    boolean isGray = image.getColorModel().getNumColorComponents() == 1;
    boolean hasAlpha = image.getColorModel().hasAlpha();
    float[] sample = new float[4];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float gray;
        float alpha = 1;
        if (isGray) {
          image.getRaster().getPixel(x, y, sample);
          float top = (1 << image.getSampleModel().getSampleSize(0)) - 1;
          gray = sample[0] / top;
          alpha = hasAlpha ? sample[1] / top : 1;
        } else {
          int argb = image.getRGB(x, y);
          gray = 0;
          for (int c = 0; c < LUMA.length; c++) {
            gray += LUMA[c] * ((argb >> (8 * (2 - c))) & 0xff) / 255;
          }
          alpha = (argb >>> 24) / 255f;
        }
        values[y * width + x] = alpha * (invert ? 1 - gray : gray);
      }
    }
    return new GrayRaster(height, width, values);
  }

  private static String reason(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException) {
        return "it ends early";
      }
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static UserException inks(Path file) {
    return new UserException(
        "%s is a JPEG in printing inks, CMYK, not in light: save it as RGB or grey"
            .formatted(file));
  }

  private static UserException bad(Path file, String reason) {
    return new UserException(
        "%s is no whole PNG or JPEG: %s; save it anew as one".formatted(file, reason));
  }
}
