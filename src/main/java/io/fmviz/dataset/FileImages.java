package io.fmviz.dataset;

import io.fmviz.base.UserException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A person's own pictures of digits, in the form of MNIST's images, without labels. */
public final class FileImages implements Images {
  private final List<Path> files;
  private final List<Reading> readings;
  private final LabeledImages images;

  private FileImages(List<Path> files, List<Reading> readings, LabeledImages images) {
    this.files = List.copyOf(files);
    this.readings = List.copyOf(readings);
    this.images = images;
  }

  /**
   * Reads pictures.
   *
   * @param invert whether the strokes are darker than the ground; null to find that out
   * @return images of 28 x 28 pixels without labels
   * @throws UserException if a file can't be read, is no whole PNG or JPEG, is too large, or shows
   *     nothing
   */
  public static FileImages read(List<Path> files, Boolean invert) {
    int size = MnistForm.SIZE * MnistForm.SIZE;
    byte[] pixels = new byte[Math.multiplyExact(files.size(), size)];
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      ImageFileReader.Read read = ImageFileReader.read(files.get(i));
      GrayRaster raster = read.raster();
      if (raster.isBlank()) {
        throw new UserException(
            "%s shows nothing, all its %d x %d pixels are equal: give a picture with strokes in it"
                .formatted(files.get(i), raster.width(), raster.height()));
      }
      DigitReader.Digit digit = DigitReader.read(raster, invert);
      readings.add(
          new Reading(digit.inverted(), invert == null, read.orientation(), digit.doubt()));
      System.arraycopy(digit.pixels(), 0, pixels, i * size, size);
    }
    int[] none = new int[files.size()];
    Arrays.fill(none, NO_LABEL);
    return new FileImages(
        files,
        readings,
        new LabeledImages(pixels, none, List.of(), MnistForm.SIZE, MnistForm.SIZE));
  }

  @Override
  public int count() {
    return images.count();
  }

  @Override
  public int channels() {
    return images.channels();
  }

  @Override
  public int height() {
    return images.height();
  }

  @Override
  public int width() {
    return images.width();
  }

  @Override
  public void copyTo(FloatBuffer target, int index) {
    images.copyTo(target, index);
  }

  @Override
  public Picture picture(int index) {
    return images.picture(index);
  }

  @Override
  public Reading reading(int index) {
    return readings.get(index);
  }

  @Override
  public String title(int index) {
    return ImageFiles.title(index, files.get(index));
  }

  @Override
  public String source(int index) {
    return files.get(index).toString();
  }

  @Override
  public FileImages first(int count) {
    return count >= count()
        ? this
        : new FileImages(files.subList(0, count), readings.subList(0, count), images.first(count));
  }
}
