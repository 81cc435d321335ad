package io.fmviz.dataset.photo;

import io.fmviz.base.Exact;
import io.fmviz.dataset.Reading;
import io.fmviz.dataset.file.ImageFile;
import io.fmviz.dataset.file.ImageFormat;
import io.fmviz.dataset.file.ImageTags;
import io.fmviz.dataset.file.Levels;
import io.fmviz.dataset.file.PictureParts;
import io.fmviz.dataset.file.Samples;
import java.awt.color.ColorSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Function;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/**
 * Reads a photograph's pixels, upright, of eight bits each in grey or red, green and blue. Colour
 * profiles are not looked at, as they weren't where networks were trained.
 */
final class PhotoReader {
  private PhotoReader() {}

  /** A photograph, upright. */
  record Photo(Pixels pixels, Reading reading) {}

  /**
   * Reads one.
   *
   * @throws io.fmviz.base.UserException if the file can't be read or is no whole picture
   */
  static Photo read(Path file) {
    return read(ImageFile.open(file));
  }

  /** Takes a picture's pixels, as they are in the file, strip by strip from its top. */
  interface Sink {
    /** Takes one, and keeps none of it. */
    void add(int top, Flattened part);
  }

  /** Reads one that is open, and closes it. */
  static Photo read(ImageFile open) {
    try (ImageFile image = open) {
      int orientation = image.tags().orientation();
      Flattened flattened =
          image.decode(
              (reader, height, width) ->
                  image.format() == ImageFormat.GIF
                      ? GifFrame.first(image, reader)
                      : decoded(reader, height, width, image));
      return new Photo(
          flattened.pixels().upright(orientation),
          Reading.photo(orientation, flattened.isTransparent(), flattened.doubt()));
    }
  }

  /**
   * Reads one as a network takes it. One that comes in strips is never in memory as a whole.
   *
   * @throws io.fmviz.base.UserException if the file can't be read or is no whole picture
   */
  static Fitted fitted(Path file, Preprocessing reading) {
    ImageFile image = ImageFile.open(file);
    if (!image.comesInStrips()) {
      return Fitted.of(read(image), reading);
    }
    ScaledPhoto photo = scaled(image, original -> Fitted.scaling(reading, original));
    return Fitted.of(photo.scaled(), photo.reading(), reading);
  }

  /** A photograph that was scaled while it was read. */
  record ScaledPhoto(Scaled scaled, Reading reading) {}

  /** Scales one strip by strip, and closes it. */
  static ScaledPhoto scaled(ImageFile open, Function<Size, Scaling> scaling) {
    try (ImageFile image = open) {
      int orientation = image.tags().orientation();
      return image.decodeInStrips(
          (reader, height, width) -> {
            Size upright =
                ImageTags.isTurned(orientation) ? new Size(width, height) : new Size(height, width);
            StripScaler strips = new StripScaler(upright, orientation, scaling.apply(upright));
            String doubt = deliver(parts(reader, height, width, image), image.tags(), strips);
            return new ScaledPhoto(
                strips.scaled(), Reading.photo(orientation, strips.isTransparent(), doubt));
          });
    }
  }

  private static PictureParts parts(ImageReader reader, int height, int width, ImageFile image)
      throws IOException {
    return new PictureParts(image, reader, height, width, withProfile(reader, image.tags()));
  }

  private static Flattened decoded(ImageReader reader, int height, int width, ImageFile image)
      throws IOException {
    PictureParts parts = parts(reader, height, width, image);
    if (!image.tags().isInks() && image.tags().samples() == null && isInPlace(reader)) {
      return Flattened.of(parts.whole());
    }
    Parts together = new Parts(height, width);
    String doubt = deliver(parts, image.tags(), together);
    return together.all().doubted(doubt);
  }

  /**
   * Decodes all strips.
   *
   * @return what makes them doubtful; null for nothing
   */
  private static String deliver(PictureParts parts, ImageTags tags, Sink sink) throws IOException {
    if (tags.isInks()) {
      parts.eachRaster((top, part) -> sink.add(top, Inks.light(part, tags.isYcck())));
      return null;
    }
    if (tags.samples() != null) {
      Levels levels = Levels.of(tags.samples(), parts);
      parts.each(
          (top, part) -> sink.add(top, Flattened.of(new Samples(part, tags.samples()), levels)));
      return levels.doubt();
    }
    parts.each((top, part) -> sink.add(top, Flattened.of(part)));
    return null;
  }

  /**
   * One of all parts, so that beside the bytes that are wanted only some of the decoder's are
   * there.
   */
  private static final class Parts implements Sink {
    private final int height;
    private final int width;
    private Pixels pixels;
    private boolean isTransparent;

    Parts(int height, int width) {
      this.height = height;
      this.width = width;
    }

    @Override
    public void add(int top, Flattened part) {
      isTransparent |= part.isTransparent();
      if (part.pixels().height() == height) {
        pixels = part.pixels();
        return;
      }
      if (pixels == null) {
        pixels = Pixels.of(new byte[Exact.product(3, height, width)], height, width, 3);
      }
      part.pixels().copyTo(pixels, top, 0);
    }

    Flattened all() {
      return new Flattened(pixels, isTransparent, null);
    }
  }

  /**
   * Whether the decoder's own bytes are those that are wanted: strips would take as much memory,
   * and the decoder begins anew for each.
   */
  private static boolean isInPlace(ImageReader reader) throws IOException {
    ImageTypeSpecifier type = reader.getImageTypes(0).next();
    return Flattened.isInPlace(type.getSampleModel(), type.getColorModel());
  }

  /**
   * The type of a JPEG's pixels that takes them as they are where the file has a colour profile:
   * into any other the decoder would convert them. Null where there is none.
   */
  private static ImageTypeSpecifier withProfile(ImageReader reader, ImageTags tags)
      throws IOException {
    if (tags.isInks() || tags.samples() != null) {
      return null;
    }
    for (Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0); types.hasNext(); ) {
      ImageTypeSpecifier type = types.next();
      ColorSpace space = type.getColorModel().getColorSpace();
      if (space.getType() == ColorSpace.TYPE_RGB && !space.isCS_sRGB()) {
        return type;
      }
    }
    return null;
  }
}
