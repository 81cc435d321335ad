package io.fmviz.dataset.digit;

import io.fmviz.dataset.Images;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.file.ImageFile;
import java.util.List;

/**
 * A picture of a digit in memory, in the form of MNIST's images.
 *
 * @param image a set of one image
 * @param form how it was brought into it; null for a blank drawing
 */
public record DigitPicture(LabeledImages image, DigitForm form) {
  /**
   * Reads light strokes on a dark ground. A blank picture gives a black image.
   *
   * @param gray {@code (height, width)} unsigned bytes, row by row, 255 for white
   */
  public static DigitPicture drawn(byte[] gray, int height, int width) {
    float[] values = new float[gray.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (gray[i] & 0xff) / 255f;
    }
    GrayRaster raster = new GrayRaster(height, width, values);
    return raster.isBlank()
        ? new DigitPicture(imageOf(new byte[MnistForm.SIZE * MnistForm.SIZE]), null)
        : of(DigitReader.read(raster, false));
  }

  /**
   * Reads the bytes of an image file.
   *
   * @throws io.fmviz.base.UserException if they are no whole picture, or show nothing
   */
  public static DigitPicture ofFile(byte[] bytes) {
    GrayRaster raster = ImageFileReader.read(ImageFile.of(bytes)).raster();
    return of(DigitReader.read("the picture", raster, null));
  }

  private static DigitPicture of(DigitReader.Digit digit) {
    return new DigitPicture(imageOf(digit.pixels()), DigitForm.of(digit));
  }

  static LabeledImages imageOf(byte[] pixels) {
    return new LabeledImages(
        pixels, new int[] {Images.NO_LABEL}, List.of(), MnistForm.SIZE, MnistForm.SIZE);
  }
}
