package io.fmviz.dataset.photo;

import io.fmviz.base.Exact;
import io.fmviz.dataset.Reading;
import io.fmviz.dataset.file.ImageFile;
import io.fmviz.dataset.file.ImageFormat;
import io.fmviz.dataset.file.ImageTags;
import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageReadParam;
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
          Reading.photo(tags.orientation(), flattened.isTransparent()));
    }
  }

  private static Flattened decoded(ImageReader reader, int height, int width, ImageFile image)
      throws IOException {
    ImageTags tags = image.tags();
    int rows = image.rowsAtOnce(height, width);
    if (rows >= height || isInPlace(reader, tags)) {
      return part(reader, new Rectangle(0, 0, width, height), tags);
    }
    // In strips, so that beside the bytes that are wanted only some of the decoder's are there.
    Pixels whole = Pixels.of(new byte[Exact.product(3, height, width)], height, width, 3);
    boolean isTransparent = false;
    for (int top = 0; top < height; top += rows) {
      Rectangle strip = new Rectangle(0, top, width, Math.min(rows, height - top));
      Flattened part = part(reader, strip, tags);
      part.pixels().copyTo(whole, top, 0);
      isTransparent |= part.isTransparent();
    }
    return new Flattened(whole, isTransparent);
  }

  /**
   * Whether the decoder's own bytes are those that are wanted: strips would take as much memory,
   * and the decoder begins anew for each.
   */
  private static boolean isInPlace(ImageReader reader, ImageTags tags) throws IOException {
    ImageTypeSpecifier type = reader.getImageTypes(0).next();
    return !tags.isInks() && Flattened.isInPlace(type.getSampleModel(), type.getColorModel());
  }

  private static Flattened part(ImageReader reader, Rectangle region, ImageTags tags)
      throws IOException {
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceRegion(region);
    if (tags.isInks()) {
      return Inks.light(reader.readRaster(0, param), tags.isYcck());
    }
    ImageTypeSpecifier unconverted = withProfile(reader);
    if (unconverted != null) {
      param.setDestinationType(unconverted);
    }
    return Flattened.of(reader.read(0, param));
  }

  /**
   * The type of a JPEG's pixels that takes them as they are where the file has a colour profile:
   * into any other the decoder would convert them. Null where there is none.
   */
  private static ImageTypeSpecifier withProfile(ImageReader reader) throws IOException {
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
