package io.fmviz.pipeline.visualize;

import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.image.Colormap;
import io.fmviz.image.Normalize;
import io.fmviz.image.PictureOptions;
import io.fmviz.image.PngWriter;
import io.fmviz.report.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is said of pictures that have the bytes of another of their image, so that nobody takes them
 * for a fault.
 */
final class EqualPictures {
  private final PictureOptions drawing;
  private final Cause cut = new Cause();
  private final Cause same = new Cause();

  /** Some that are equal for one reason. */
  private static final class Cause {
    private int count;
    private String example;

    void add(VisualizedSample.MapPicture picture) {
      count++;
      if (example == null) {
        example = "%s to %s".formatted(name(picture.file()), name(picture.equalTo()));
      }
    }

    private static String name(String file) {
      return file.substring(1 + file.lastIndexOf('/'));
    }

    @Override
    public String toString() {
      return "%s equal to another of the same image, %s%s"
          .formatted(
              Text.count(count, "picture") + (count == 1 ? " is" : " are"),
              count == 1 ? "" : "such as ",
              example);
    }
  }

  /** Finds the pictures of one image that are equal, byte for byte. */
  static final class OfImage {
    private final Path folder;
    private final Map<Long, List<String>> different = new HashMap<>();
    private String last;

    /** Among files of a folder. */
    OfImage(Path folder) {
      this.folder = folder;
    }

    /**
     * Takes a picture that was just written.
     *
     * @param file below the folder
     * @param png what wrote it, and the pictures before it
     * @return the first of them that has the same bytes; null if none has
     */
    String add(String file, PngWriter png) {
      if (last == null || !png.isRepeated()) {
        List<String> alike = different.computeIfAbsent(png.fingerprint(), any -> new ArrayList<>());
        String equal =
            alike.stream().filter(other -> isEqual(file, other)).findFirst().orElse(null);
        if (equal == null) {
          alike.add(file);
        }
        last = equal == null ? file : equal;
        return equal;
      }
      return last;
    }

    private boolean isEqual(String file, String other) {
      try {
        return Files.mismatch(folder.resolve(file), folder.resolve(other)) < 0;
      } catch (IOException e) {
        throw UserException.cannotRead(folder.resolve(other), e);
      }
    }
  }

  EqualPictures(PictureOptions drawing) {
    this.drawing = drawing;
  }

  /** Counts those of an image. */
  void look(List<VisualizedSample.MapPicture> pictures) {
    for (VisualizedSample.MapPicture picture : pictures) {
      if (picture.equalTo() != null) {
        VisualizedSample.MapPicture other =
            pictures.stream().filter(p -> p.file().equals(picture.equalTo())).findFirst().get();
        boolean isCut = drawing.normalize() == Normalize.NONE && !picture.hasValuesOf(other);
        (isCut ? cut : same).add(picture);
      }
    }
  }

  /** A line for people; null where there is nothing to say. */
  String text() {
    if (cut.count > 0) {
      return Settings.named("%s: %s; {normalize} layer shows the difference")
          .formatted(cut, ends());
    }
    String why =
        drawing.normalize() == Normalize.NONE
            ? "their values are equal too"
            : "their values are equal too, or become so when they are stretched over the colours";
    return same.count == 0 ? null : "%s: %s".formatted(same, why);
  }

  private String ends() {
    if (drawing.colormap() == Colormap.GRAY) {
      return "0 and less is black, 1 and more is white";
    }
    return "%d and less has one colour, 1 and more another"
        .formatted(drawing.colormap() == Colormap.COOLWARM ? -1 : 0);
  }
}
