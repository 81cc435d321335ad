package io.fmviz.dataset.photo;

import io.fmviz.dataset.Original;
import io.fmviz.dataset.Picture;
import io.fmviz.dataset.file.ImageFile;
import java.nio.file.Path;

/** Whole pictures beside what a network sees of them. */
final class Originals {
  /** The longer side of the copy of a picture that is too large to be in memory, in pixels. */
  private static final int SIDE = 2048;

  private Originals() {}

  /** A file's, or a smaller copy of it. */
  static Original of(Path file, Preprocessing reading) {
    ImageFile image = ImageFile.open(file);
    if (!image.isLarge()) {
      Pixels pixels = PhotoReader.read(image).pixels();
      return of(pixels, new Size(pixels.height(), pixels.width()), reading);
    }
    Scaled copy = PhotoReader.scaled(image, original -> Scaling.to(within(original))).scaled();
    Size size = within(copy.original());
    Pixels pixels = Pixels.of(copy.values(), size.height(), size.width(), copy.channels());
    return of(pixels, copy.original(), reading);
  }

  private static Size within(Size original) {
    double ratio = (double) SIDE / Math.max(original.height(), original.width());
    return new Size(
        Math.max(1, (int) Math.round(original.height() * ratio)),
        Math.max(1, (int) Math.round(original.width() * ratio)));
  }

  private static Original of(Pixels pixels, Size original, Preprocessing reading) {
    Placement.Area area = Placement.of(reading, original).area();
    double down = (double) pixels.height() / original.height();
    double across = (double) pixels.width() / original.width();
    Picture picture = pixels.picture();
    return new Original(
        picture,
        area.top() * down,
        area.left() * across,
        area.bottom() * down,
        area.right() * across);
  }
}
