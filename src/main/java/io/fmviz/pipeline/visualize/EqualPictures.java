package io.fmviz.pipeline.visualize;

import io.fmviz.base.Settings;
import io.fmviz.image.Colormap;
import io.fmviz.image.Normalize;
import io.fmviz.image.PictureOptions;
import io.fmviz.report.Text;
import java.util.Iterator;
import java.util.List;

/**
 * What is said of pictures that have the bytes of another of their image, so that nobody takes them
 * for a fault.
 */
final class EqualPictures {
  private final PictureOptions drawing;
  private final Kind cut = new Kind();
  private final Kind same = new Kind();

  /** Some that are equal for one reason. */
  private static final class Kind {
    private int count;
    private String example;

    void add(VisualizedSample.Picture picture) {
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

  EqualPictures(PictureOptions drawing) {
    this.drawing = drawing;
  }

  /** The same samples, which are looked at as they pass. */
  Iterator<VisualizedSample> among(Iterator<VisualizedSample> samples) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return samples.hasNext();
      }

      @Override
      public VisualizedSample next() {
        VisualizedSample sample = samples.next();
        look(sample.pictures());
        return sample;
      }
    };
  }

  private void look(List<VisualizedSample.Picture> pictures) {
    for (VisualizedSample.Picture picture : pictures) {
      if (picture.equalTo() != null) {
        VisualizedSample.Picture other =
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
