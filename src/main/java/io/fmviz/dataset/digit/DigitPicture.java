package io.fmviz.dataset.digit;

import io.fmviz.dataset.Images;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.file.ImageFile;
import java.util.List;

/** A picture of a digit in memory, in the form of MNIST's images: a set of one image. */
public final class DigitPicture {
  private DigitPicture() {}

  /**
   * Reads light strokes on a dark ground. A blank picture gives a black image.
   *
   * @param gray {@code (height, width)} unsigned bytes, row by row, 255 for white
   */
  public static LabeledImages drawn(byte[] gray, int height, int width) {
    float[] values = new float[gray.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (gray[i] & 0xff) / 255f;
    }
    GrayRaster raster = new GrayRaster(height, width, values);
    return raster.isBlank()
        ? of(new byte[MnistForm.SIZE * MnistForm.SIZE])
        : of(DigitReader.read(raster, false));
  }

  /**
   * Reads the bytes of an image file.
   *
   * @throws io.fmviz.base.UserException if they are no whole picture, or show nothing
   */
  public static LabeledImages ofFile(byte[] bytes) {
    GrayRaster raster = ImageFileReader.read(ImageFile.of(bytes)).raster();
    return of(DigitReader.read("the picture", raster, null));
  }

  static LabeledImages of(DigitReader.Digit digit) {
    return of(digit.pixels());
  }

  private static LabeledImages of(byte[] pixels) {
    return new LabeledImages(
        pixels, new int[] {Images.NO_LABEL}, List.of(), MnistForm.SIZE, MnistForm.SIZE);
  }
}
