package io.fmviz.dataset.photo;

import io.fmviz.dataset.Original;
import io.fmviz.dataset.Picture;
import io.fmviz.dataset.Reading;
import io.fmviz.dataset.file.PictureFileImages;
import java.nio.FloatBuffer;

/**
 * Photographs, each read and brought to size when it is asked for. Several threads may ask at once.
 */
public final class PhotoImages extends PictureFileImages {
  private final Preprocessing reading;
  private final ChannelFloats floats;
  private final FittedCache lately;

  /**
   * Photographs in files.
   *
   * @param reading any but that of digits
   */
  public PhotoImages(Labelled photographs, Preprocessing reading) {
    super(photographs);
    if (reading.fit() == Fit.DIGIT) {
      throw new IllegalArgumentException("digits are no photographs");
    }
    this.reading = reading;
    this.floats = new ChannelFloats(reading);
    this.lately = new FittedCache();
  }

  @Override
  protected PhotoImages of(Labelled others) {
    return new PhotoImages(others, reading);
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
    floats.copy(fitted(index).picture(), target);
  }

  /** What the network sees: the picture in its size, in colour or grey, from 0 to 255. */
  @Override
  public Picture picture(int index) {
    return fitted(index).picture();
  }

  @Override
  public Reading reading(int index) {
    return fitted(index).reading();
  }

  /** Where what the network sees lies on the picture. */
  public Placement placement(int index) {
    return fitted(index).placement();
  }

  /** The whole picture, in the colours of its file: it is read again. A large one is a copy. */
  @Override
  public Original original(int index) {
    return Originals.of(file(index), reading);
  }

  private Fitted fitted(int index) {
    Fitted fitted = lately.get(index, i -> PhotoReader.fitted(file(i), reading));
    String doubt = fitted.reading().doubt();
    if (doubt != null) {
      doubt(index, doubt);
    }
    return fitted;
  }
}
