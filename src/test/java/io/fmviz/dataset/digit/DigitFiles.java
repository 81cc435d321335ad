package io.fmviz.dataset.digit;

import io.fmviz.dataset.Images;
import io.fmviz.dataset.file.PictureFileImages;
import java.nio.file.Path;
import java.util.List;

/** A person's own picture of a digit. */
public final class DigitFiles {
  private DigitFiles() {}

  /** One of which it isn't known what it shows. */
  public static FileImages of(Path file, Boolean invert) {
    return new FileImages(
        new PictureFileImages.Labelled(List.of(file), new int[] {Images.NO_LABEL}, List.of()),
        invert);
  }
}
