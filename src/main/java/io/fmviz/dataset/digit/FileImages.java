package io.fmviz.dataset.digit;

import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.Picture;
import io.fmviz.dataset.Reading;
import io.fmviz.dataset.file.PictureFileImages;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A user's pictures of digits, in the form of MNIST's images. Each is read on first use and cached.
 * Thread-safe.
 */
public final class FileImages extends PictureFileImages {
  private final Boolean invert;
  private final Map<Integer, DigitImage> read = new ConcurrentHashMap<>();

  /** A digit that was read, as a set of one image. */
  private record DigitImage(LabeledImages image, Reading reading) {}

  /**
   * Pictures in files.
   *
   * @param invert whether the strokes are darker than the ground; null to detect it
   */
  public FileImages(Labelled pictures, Boolean invert) {
    super(pictures);
    this.invert = invert;
  }

  @Override
  protected FileImages of(Labelled others) {
    return new FileImages(others, invert);
  }

  private DigitImage read(int index) {
    // No computeIfAbsent: it would block other threads while a picture is read.
    DigitImage one = read.get(index);
    if (one == null) {
      one = read(file(index));
      read.put(index, one);
    }
    return one;
  }

  /**
   * Reads a picture.
   *
   * @throws UserException if the file can't be read, is incomplete, is too large, or is blank
   */
  private DigitImage read(Path file) {
    ImageFileReader.OrientedRaster picture = ImageFileReader.read(file);
    DigitReader.Digit digit = DigitReader.read(file.toString(), picture.raster(), invert);
    return new DigitImage(
        DigitPicture.imageOf(digit.pixels()),
        new Reading(digit.inverted(), invert == null, picture.orientation(), digit.doubt()));
  }

  @Override
  public int channels() {
    return 1;
  }

  @Override
  public int height() {
    return MnistForm.SIZE;
  }

  @Override
  public int width() {
    return MnistForm.SIZE;
  }

  @Override
  public void copyTo(FloatBuffer target, int index) {
    read(index).image().copyTo(target, 0);
  }

  @Override
  public Picture picture(int index) {
    return read(index).image().picture(0);
  }

  @Override
  public Reading reading(int index) {
    return read(index).reading();
  }
}
