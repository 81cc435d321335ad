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

  /** Reads one that is open, and closes it. */
  static Photo read(ImageFile open) {
    try (ImageFile image = open) {
      ImageTags tags = image.tags();
      Flattened flattened =
          image.decode(
              (reader, height, width) ->
                  image.format() == ImageFormat.GIF
                      ? GifFrame.first(image, reader)
                      : decoded(reader, height, width, image));
      return new Photo(
          flattened.pixels().upright(tags.orientation()),
          Reading.photo(tags.orientation(), flattened.isTransparent(), flattened.doubt()));
    }
  }

  private static Flattened decoded(ImageReader reader, int height, int width, ImageFile image)
      throws IOException {
    ImageTags tags = image.tags();
    PictureParts parts = new PictureParts(image, reader, height, width, withProfile(reader, tags));
    Parts together = new Parts(height, width);
    if (tags.isInks()) {
      parts.eachRaster((top, part) -> together.add(top, Inks.light(part, tags.isYcck())));
      return together.all();
    }
    if (tags.samples() != null) {
      Levels levels = Levels.of(tags.samples(), parts);
      parts.each(
          (top, part) ->
              together.add(top, Flattened.of(new Samples(part, tags.samples()), levels)));
      return together.all().doubted(levels.doubt());
    }
    if (isInPlace(reader)) {
      return Flattened.of(parts.whole());
    }
    parts.each((top, part) -> together.add(top, Flattened.of(part)));
    return together.all();
  }

  /**
   * One of all parts, so that beside the bytes that are wanted only some of the decoder's are
   * there.
   */
  private static final class Parts {
    private final int height;
    private final int width;
    private Pixels pixels;
    private boolean isTransparent;

    Parts(int height, int width) {
      this.height = height;
      this.width = width;
    }

    void add(int top, Flattened part) {
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
