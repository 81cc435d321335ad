package io.fmviz.dataset.digit;

import io.fmviz.base.Exact;
import io.fmviz.dataset.file.ImageFile;
import io.fmviz.dataset.file.ImageTags;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageReadParam;
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
                  strips(reader, height, width, image.rowsAtOnce(height, width), tags));
      return new OrientedRaster(
          means.over(means.ground()).upright(tags.orientation()), tags.orientation());
    }
  }

  private static GrayMeans strips(
      ImageReader reader, int height, int width, int rows, ImageTags tags) throws IOException {
    int step = (int) Math.ceil(Math.sqrt((double) Exact.product(width, height) / ENOUGH));
    GrayMeans means = new GrayMeans(height, width, step);
    for (int top = 0; top < height; top += rows) {
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceRegion(new Rectangle(0, top, width, Math.min(rows, height - top)));
      if (tags.isInks()) {
        PixelRows.addInks(reader.readRaster(0, param), top, tags.isYcck(), means);
      } else {
        PixelRows.add(reader.read(0, param), top, means);
      }
    }
    return means;
  }
}
