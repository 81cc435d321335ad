package io.fmviz.dataset.file;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/**
 * A picture's pixels part by part, from the left edge to the right, so that of the decoder's own
 * only some are in memory at once.
 */
public final class PictureParts {
  private final ImageFile image;
  private final ImageReader reader;
  private final int height;
  private final int width;
  private final ImageTypeSpecifier type;

  /** Takes parts. */
  public interface Consumer<T> {
    /**
     * Takes one.
     *
     * @param top the row of its first pixels in the picture
     */
    void accept(int top, T part) throws IOException;
  }

  /**
   * A picture's.
   *
   * @param type of the decoded pixels; null for the decoder's own choice
   */
  public PictureParts(
      ImageFile image, ImageReader reader, int height, int width, ImageTypeSpecifier type) {
    this.image = image;
    this.reader = reader;
    this.height = height;
    this.width = width;
    this.type = type;
  }

  /** Decodes them, once each time. A consumer keeps none: another may come in its place. */
  public void each(Consumer<BufferedImage> consumer) throws IOException {
    int rows = image.rowsAtOnce(height, width);
    if (rows < height && image.isRowByRow()) {
      inOrder(rows, consumer);
      return;
    }
    for (int top = 0; top < height; top += rows) {
      consumer.accept(top, reader.read(0, region(top, rows)));
    }
  }

  private void inOrder(int rows, Consumer<BufferedImage> consumer) throws IOException {
    ImageTypeSpecifier pixels = type == null ? reader.getImageTypes(0).next() : type;
    RollingRaster rolling =
        new RollingRaster(
            pixels,
            height,
            width,
            rows,
            (top, part) -> {
              image.checkLoss();
              consumer.accept(top, part);
            });
    ImageReadParam param = reader.getDefaultReadParam();
    param.setDestination(rolling.image());
    reader.read(0, param);
    rolling.end();
  }

  /** All in one. */
  public BufferedImage whole() throws IOException {
    return reader.read(0, region(0, height));
  }

  /** The same without the decoder's colours: a JPEG's inks as they are. */
  public void eachRaster(Consumer<Raster> consumer) throws IOException {
    int rows = image.rowsAtOnce(height, width);
    for (int top = 0; top < height; top += rows) {
      consumer.accept(top, reader.readRaster(0, region(top, rows)));
    }
  }

  private ImageReadParam region(int top, int rows) {
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceRegion(new Rectangle(0, top, width, Math.min(rows, height - top)));
    if (type != null) {
      param.setDestinationType(type);
    }
    return param;
  }
}
