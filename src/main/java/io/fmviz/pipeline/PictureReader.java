package io.fmviz.pipeline;

import io.fmviz.dataset.Images;
import io.fmviz.dataset.digit.DigitForm;
import io.fmviz.dataset.digit.DigitPicture;
import io.fmviz.dataset.digit.FileImages;
import io.fmviz.dataset.file.PictureFileImages;
import io.fmviz.dataset.photo.Fit;
import io.fmviz.dataset.photo.PhotoImages;
import io.fmviz.dataset.photo.Preprocessing;
import io.fmviz.dataset.photo.SentPhoto;

/**
 * Reads pictures as a network takes them: the one place that tells digits from photographs.
 *
 * @param reading how
 */
public record PictureReader(Preprocessing reading) {
  /** Whether pictures are read as digits. */
  public boolean isOfDigits() {
    return reading.fit() == Fit.DIGIT;
  }

  /**
   * Pictures in files.
   *
   * @param invert whether digits are dark strokes on a light ground; null to find out
   */
  public Images files(PictureFileImages.Labelled labelled, Boolean invert) {
    return isOfDigits() ? new FileImages(labelled, invert) : new PhotoImages(labelled, reading);
  }

  /**
   * One picture.
   *
   * @param images a set of one
   * @param digit how a digit was read; null for a photograph, and a blank drawing
   */
  public record One(Images images, DigitForm digit) {
    private static One of(DigitPicture picture) {
      return new One(picture.image(), picture.form());
    }
  }

  /** The bytes of one picture file. */
  public One file(byte[] bytes) {
    return isOfDigits()
        ? One.of(DigitPicture.ofFile(bytes))
        : new One(SentPhoto.ofFile(bytes, reading), null);
  }

  /** One that was drawn: light on dark, {@code (height, width)} bytes. */
  public One drawn(byte[] gray, int height, int width) {
    return isOfDigits()
        ? One.of(DigitPicture.drawn(gray, height, width))
        : new One(SentPhoto.drawn(gray, height, width, reading), null);
  }
}
