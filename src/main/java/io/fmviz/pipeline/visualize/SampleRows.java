package io.fmviz.pipeline.visualize;

import io.fmviz.analysis.Prediction;
import io.fmviz.base.Unwrapped;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.Original;
import io.fmviz.dataset.Picture;
import io.fmviz.image.JpegWriter;
import io.fmviz.image.RgbImage;
import io.fmviz.pipeline.AnsweredImage;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.GrowingPage;
import io.fmviz.pipeline.Pictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The images in the page of the folder, written as they come, some together: the page reads those
 * that it shows.
 */
final class SampleRows {
  private static final int TOGETHER = 100;

  /** A grey image whose longer side is no longer is shown pixel by pixel. */
  private static final int MOST_PIXELS = 32;

  /** The longer side of others, so large that one sees what they show. */
  private static final int MOST_SIDE = 96;

  private final GrowingPage page;
  private final List<SampleRow> rows = new ArrayList<>();
  private int written;

  /**
   * Into a page.
   *
   * @param page null where none is wanted
   */
  SampleRows(GrowingPage page) {
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
  record SampleRow(
      String title,
      String source,
      Integer label,
      String labelName,
      @Unwrapped Prediction prediction,
      Thumbnail picture) {
    static SampleRow of(String title, AnsweredImage image, Answers answers, Thumbnail picture) {
      String labelName = image.label() == null ? null : answers.nameOf(image.label());
      return new SampleRow(
          title, image.source(), image.label(), labelName, image.prediction(), picture);
    }
  }

  /**
   * An image, small, in base64.
   *
   * @param grey the bytes of one that is shown pixel by pixel, {@code (height, width)}; else null
   * @param jpeg the file of any other, in no more bytes than 28 x 28 pixels of three; else null
   */
  record Thumbnail(int height, int width, String grey, String jpeg) {
    static Thumbnail of(Images images, int index) {
      Picture seen = images.picture(index);
      int side = Math.max(seen.height(), seen.width());
      boolean isGrey = seen.channels() == 1 && side <= MOST_PIXELS;
      RgbImage small =
          isGrey || side >= MOST_SIDE ? Pictures.of(seen) : part(images.original(index));
      small = small.within(MOST_SIDE);
      String bytes = Base64.getEncoder().encodeToString(isGrey ? grey(small) : jpeg(small));
      return new Thumbnail(
          small.height(), small.width(), isGrey ? bytes : null, isGrey ? null : bytes);
    }

    /** What the network sees, where it sees less of it than one needs to recognise it. */
    private static RgbImage part(Original original) {
      int top = (int) Math.round(original.top());
      int left = (int) Math.round(original.left());
      return Pictures.crop(
          original.picture(),
          top,
          left,
          Math.max(1, (int) Math.round(original.bottom()) - top),
          Math.max(1, (int) Math.round(original.right()) - left));
    }

    private static byte[] grey(RgbImage picture) {
      byte[] values = new byte[picture.height() * picture.width()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (byte) picture.pixel(i / picture.width(), i % picture.width());
      }
      return values;
    }

    private static byte[] jpeg(RgbImage picture) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        JpegWriter.write(picture, bytes);
      } catch (IOException e) {
        // Memory takes everything.
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }
  }

  /**
   * Adds one.
   *
   * @param row null where no page is wanted
   */
  void add(SampleRow row) {
    if (page == null) {
      return;
    }
    rows.add(row);
    if (rows.size() == TOGETHER) {
      write();
    }
  }

  /** Writes those that are left. */
  void end() {
    if (!rows.isEmpty()) {
      write();
    }
  }

  private void write() {
    page.add("samples-" + written++, rows);
    rows.clear();
  }
}
