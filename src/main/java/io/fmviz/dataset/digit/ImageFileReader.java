package io.fmviz.dataset.digit;

import io.fmviz.base.Exact;
import io.fmviz.dataset.file.ImageFile;
import io.fmviz.dataset.file.ImageTags;
import io.fmviz.dataset.file.Levels;
import io.fmviz.dataset.file.PictureParts;
import io.fmviz.dataset.file.SampleFormat;
import io.fmviz.dataset.file.Samples;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageReader;

/**
 * Reads an image file as grey values, upright. Large images are decoded in strips and downsampled
 * on the way.
 */
final class ImageFileReader {
  /** Larger images are downsampled to about as many pixels: the digit becomes 20 by 20. */
  private static final int ENOUGH = 700_000;

  private ImageFileReader() {}

  /**
   * An upright picture.
   *
   * @param orientation EXIF's that was applied, 1 for none
   */
  record OrientedRaster(GrayRaster raster, int orientation) {}

  /** Reads a file. Transparent pixels are composited over {@link GrayMeans#ground}. */
  static OrientedRaster read(Path file) {
    return read(ImageFile.open(file));
  }

  /** Reads an open file, and closes it. */
  static OrientedRaster read(ImageFile open) {
    try (ImageFile image = open) {
      ImageTags tags = image.tags();
      GrayMeans means =
          image.decode(
              (reader, height, width) ->
                  tags.isInks()
                      ? inks(parts(image, reader, height, width), height, width, tags)
                      : means(parts(image, reader, height, width), height, width, tags));
      return new OrientedRaster(
          means.over(means.ground()).upright(tags.orientation()), tags.orientation());
    }
  }

  private static PictureParts parts(ImageFile image, ImageReader reader, int height, int width) {
    return new PictureParts(image, reader, height, width, null);
  }

  private static GrayMeans means(PictureParts parts, int height, int width, ImageTags tags)
      throws IOException {
    GrayMeans means = means(height, width);
    SampleFormat format = tags.samples();
    Levels levels = format == null ? null : Levels.of(format, parts);
    parts.each(
        (top, part) -> {
          if (levels == null) {
            PixelRows.add(part, top, means);
          } else {
            PixelRows.add(new Samples(part, format), levels, top, means);
          }
        });
    return means;
  }

  private static GrayMeans inks(PictureParts parts, int height, int width, ImageTags tags)
      throws IOException {
    GrayMeans means = means(height, width);
    parts.eachRaster((top, part) -> PixelRows.addInks(part, top, tags.isYcck(), means));
    return means;
  }

  private static GrayMeans means(int height, int width) {
    int step = (int) Math.ceil(Math.sqrt((double) Exact.product(width, height) / ENOUGH));
    return new GrayMeans(height, width, step);
  }
}
