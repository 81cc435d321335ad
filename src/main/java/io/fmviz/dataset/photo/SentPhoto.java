package io.fmviz.dataset.photo;

import io.fmviz.dataset.Images;
import io.fmviz.dataset.Picture;
import io.fmviz.dataset.Reading;
import io.fmviz.dataset.file.ImageFile;
import java.nio.FloatBuffer;

/** One photograph that a program has in memory, as a network takes it: images of one. */
public final class SentPhoto implements Images {
  private final Fitted fitted;
  private final Preprocessing reading;

  private SentPhoto(PhotoReader.Photo photo, Preprocessing reading) {
    this.fitted = Fitted.of(photo, reading);
    this.reading = reading;
  }

  /**
   * A picture file's bytes.
   *
   * @param reading any but that of digits
   * @throws io.fmviz.base.UserException if they are no whole picture
   */
  public static SentPhoto ofFile(byte[] bytes, Preprocessing reading) {
    return new SentPhoto(PhotoReader.read(ImageFile.of(bytes)), reading);
  }

  /**
   * Pixels in grey.
   *
   * @param gray {@code (height, width)} unsigned bytes, row by row, 255 for white
   */
  public static SentPhoto drawn(byte[] gray, int height, int width, Preprocessing reading) {
    return new SentPhoto(
        new PhotoReader.Photo(Pixels.of(gray, height, width, 1), Reading.photo(1, false, null)),
        reading);
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public int channels() {
    return reading.channels();
  }

  @Override
  public int height() {
    return reading.height();
  }

  @Override
  public int width() {
    return reading.width();
  }

  @Override
  public void copyTo(FloatBuffer target, int index) {
    new ChannelFloats(reading).copy(fitted.picture(), target);
  }

  @Override
  public Picture picture(int index) {
    return fitted.picture();
  }

  /** Where what the network sees lies on the photograph. */
  public Placement placement() {
    return fitted.placement();
  }

  @Override
  public String title(int index) {
    return "1";
  }

  @Override
  public SentPhoto first(int count) {
    return this;
  }
}
