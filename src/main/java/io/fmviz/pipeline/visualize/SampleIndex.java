package io.fmviz.pipeline.visualize;

import io.fmviz.analysis.Prediction;
import io.fmviz.base.Inline;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Picture;
import io.fmviz.image.RgbImage;
import io.fmviz.pipeline.Pictures;
import io.fmviz.report.page.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/**
 * The images in the page of the folder, written as they come, some together: the page reads those
 * that it shows.
 */
final class SampleIndex {
  private static final int TOGETHER = 100;

  /** The longer side of an image beside its link. */
  private static final int SIDE = 28;

  private final Path file;
  private final Page.Facts page;
  private final List<Row> rows = new ArrayList<>();
  private int written;

  /**
   * Into a page that is being written.
   *
   * @param file where, for errors
   * @param page null where none is wanted
   */
  SampleIndex(Path file, Page.Facts page) {
    this.file = file;
    this.page = page;
  }

  /**
   * One image.
   *
   * @param title the name of its folder
   * @param source the file it is from; null for an image of a dataset
   * @param label null if it has none
   * @param labelName null where that isn't known
   */
  record Row(
      String title,
      String source,
      Integer label,
      String labelName,
      @Inline Prediction prediction,
      Thumbnail picture) {}

  /**
   * An image, small.
   *
   * @param rgb {@code (height, width, 3)}, or {@code (height, width)} where it is grey, in base64
   */
  record Thumbnail(int height, int width, int channels, String rgb) {
    static Thumbnail of(Picture picture) {
      RgbImage small = Pictures.of(picture).within(SIDE);
      int channels = picture.channels();
      byte[] values = new byte[small.height() * small.width() * channels];
      for (int i = 0; i < values.length; i++) {
        int pixel = i / channels;
        int color = small.pixel(pixel / small.width(), pixel % small.width());
        values[i] = (byte) (color >> (8 * (2 - i % channels)));
      }
      return new Thumbnail(
          small.height(), small.width(), channels, Base64.getEncoder().encodeToString(values));
    }
  }

  /** The images as the manifest asks for them; the page gets each at the same time. */
  Iterator<VisualizedSample> of(Iterator<WrittenSample> samples) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return samples.hasNext();
      }

      @Override
      public VisualizedSample next() {
        WrittenSample written = samples.next();
        if (page != null) {
          rows.add(written.row());
          if (rows.size() == TOGETHER || !samples.hasNext()) {
            write();
          }
        }
        return written.sample();
      }
    };
  }

  private void write() {
    try {
      page.json("samples-" + written++, rows);
    } catch (IOException e) {
      throw UserException.cannotWrite(file, e);
    }
    rows.clear();
  }
}
