package io.fmviz.dataset.file;

import io.fmviz.dataset.Images;
import io.fmviz.dataset.digit.DigitFiles;
import io.fmviz.fuzz.FuzzedFile;
import java.nio.file.Path;

/** Reads any bytes as a picture of the user's, as what it is told to be and as what it seems. */
public final class ImageFileFuzzer {
  private static final FuzzedFile FILE = new FuzzedFile("digit.png");

  private ImageFileFuzzer() {}

  public static void run(byte[] data) {
    FILE.write(data);
    for (Boolean invert : new Boolean[] {false, true, null}) {
      FILE.parse(file -> read(file, invert)).ifPresent(ImageFileFuzzer::check);
    }
  }

  private static Images read(Path file, Boolean invert) {
    Images images = DigitFiles.of(file, invert);
    images.picture(0); // it is read when it is asked for
    return images;
  }

  private static void check(Images images) {
    int brightest = 0;
    for (int i = 0; i < 28 * 28; i++) {
      brightest = Math.max(brightest, images.picture(0).value(i / 28, i % 28, 0));
    }
    if (images.count() != 1 || brightest == 0) {
      throw new AssertionError("%d images, brightest %d".formatted(images.count(), brightest));
    }
  }
}
