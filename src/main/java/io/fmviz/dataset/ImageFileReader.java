package io.fmviz.dataset;

import io.fmviz.base.FileKind;
import io.fmviz.base.UserException;
import java.awt.Rectangle;
import java.io.BufferedInputStream;
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

/**
 * Reads one PNG or JPEG file as grey values, upright. What it claims to be is checked before
 * decoding; large pictures are decoded in strips and shrunk as they come.
 */
final class ImageFileReader {
  /** More than any camera makes; a file of some kilobytes can claim billions. */
  private static final long MAX_PIXELS = 64_000_000;

  /** A longer row of pixels would not be decoded, but only fill memory. */
  private static final int MAX_SIDE = 30_000;

  /** Larger pictures are shrunk to about as many pixels: 20 by 20 of them are wanted in the end. */
  private static final int ENOUGH = 700_000;

  /** The pixels of a strip: some 50 megabytes. A photograph of a telephone's is one. */
  private static final int STRIP = 13_000_000;

  private static final int INKS = 4;
  private static final int YCCK = 2;

  /**
   * The decoders' warnings of pixels that are missing or wrong. Others, such as of a colour profile
   * that is ignored or of bytes between two segments, change nothing that is looked at.
   */
  private static final Pattern LOSS =
      Pattern.compile(
          "(?i)premature|truncated|inconsistent progression|corrupt(?! JPEG data: \\d+ extraneous bytes)");

  private final Path file;
  private final ImageReader reader;
  private final ImageTags tags;

  /** The decoder's last warning that pixels are lost; null for none. */
  private String loss;

  private ImageFileReader(Path file, ImageReader reader, ImageTags tags) {
    this.file = file;
    this.reader = reader;
    this.tags = tags;
  }

  /**
   * A picture as it is seen.
   *
   * @param orientation EXIF's that was followed, 1 for none
   */
  record Read(GrayRaster raster, int orientation) {}

  /** Reads a file. What is transparent shows a ground that lets the rest be seen. */
  static Read read(Path file) {
    try (ImageInputStream in = open(file)) {
      ImageReader reader = reader(file, in);
      try {
        ImageTags tags = tags(file, isPng(reader));
        GrayMeans means = new ImageFileReader(file, reader, tags).decode();
        return new Read(tags.upright(means.over(means.ground())), tags.orientation());
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
        reader.setInput(in, false, true);
        return reader;
      }
      reader.dispose();
    }
    throw FileKind.of(file)
        .map(kind -> kind.insteadOf(file, "a PNG or JPEG", "save it anew as one"))
        .orElseGet(() -> bad(file, "it begins like neither"));
  }

  private static boolean isPng(ImageReader reader) throws IOException {
    return reader.getFormatName().equalsIgnoreCase("png");
  }

  private static ImageTags tags(Path file, boolean png) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return ImageTags.read(in, png);
    }
  }

  private GrayMeans decode() {
    reader.addIIOReadWarningListener(
        (source, text) -> loss = LOSS.matcher(text).find() ? text : loss);
    GrayMeans means;
    try {
      means = strips(reader.getHeight(0), reader.getWidth(0));
    } catch (UserException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The decoders answer broken files with exceptions of many kinds.
      throw bad(file, reason(e));
    }
    if (loss != null) {
      throw bad(file, loss);
    }
    return means;
  }

  private GrayMeans strips(int height, int width) throws IOException {
    if ((long) width * height > MAX_PIXELS || Math.max(width, height) > MAX_SIDE) {
      throw new UserException(
          "%s is %d x %d pixels: at most %d million, %,d in a row, are taken; make it smaller"
              .formatted(file, width, height, MAX_PIXELS / 1_000_000, MAX_SIDE));
    }
    int step = (int) Math.ceil(Math.sqrt((double) width * height / ENOUGH));
    GrayMeans means = new GrayMeans(height, width, step);
    int rows = Math.max(1, STRIP / width);
    for (int top = 0; top < height; top += rows) {
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceRegion(new Rectangle(0, top, width, Math.min(rows, height - top)));
      if (tags.components() == INKS) {
        PixelRows.addInks(reader.readRaster(0, param), top, tags.transform() == YCCK, means);
      } else {
        PixelRows.add(reader.read(0, param), top, means);
      }
    }
    return means;
  }

  private static String reason(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException) {
        return "it ends early";
      }
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static UserException bad(Path file, String reason) {
    return new UserException(
        "%s is no whole PNG or JPEG: %s; save it anew as one".formatted(file, reason));
  }
}
