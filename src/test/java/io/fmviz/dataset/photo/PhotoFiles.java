package io.fmviz.dataset.photo;

import io.fmviz.dataset.file.PictureFileImages;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pictures that scripts/make-photo-fixture.py wrote, and ways to read them. */
final class PhotoFiles {
  private PhotoFiles() {}

  static Path file(String name) {
    try {
      return Path.of(PhotoFiles.class.getResource("/photo/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Colour, cropped to a square. */
  static Preprocessing square(int side) {
    return Preprocessing.resolve(
        ReadingChoice.NONE, new long[] {-1, 3, side, side}, null, Map.of());
  }

  static PhotoImages images(Preprocessing reading, Path... files) {
    PictureFiles listed = PictureFiles.list(List.of(files), file -> Optional.empty());
    return new PhotoImages(
        new PictureFileImages.Labelled(listed.files(), listed.labels(), listed.folders()), reading);
  }
}
