package io.fmviz.dataset;

import io.fmviz.base.Exact;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Images of one size, as a network takes them: a dataset's, or a user's. They are counted from 0,
 * and made into floats one at a time, when they are asked for.
 */
public interface Images {
  /** In place of a label where there is none. */
  int NO_LABEL = -1;

  int count();

  int channels();

  int height();

  int width();

  /**
   * Appends one image as {@code channels * height * width} floats, row by row, one channel after
   * the other, in the range that the network takes.
   *
   * @throws io.fmviz.base.UserException if its file can't be read; the line names it
   */
  void copyTo(FloatBuffer target, int index);

  /** The label of an image, from 0; {@link #NO_LABEL} if it has none. */
  default int label(int index) {
    return NO_LABEL;
  }

  /** What the labels stand for, from 0 on; empty if nothing is labelled. */
  default List<String> classNames() {
    return List.of();
  }

  /** One image for people to look at. */
  Picture picture(int index);

  /**
   * The whole picture that an image was cut or made smaller from; where that isn't known, the
   * network sees all of {@link #picture}.
   *
   * @throws io.fmviz.base.UserException if its file can't be read
   */
  default Original original(int index) {
    return Original.whole(picture(index));
  }

  /** A name for an image, fit for a folder: its number from 1 and what else tells it apart. */
  String title(int index);

  /** Where an image is from, as text; null for one of a dataset's. */
  default String source(int index) {
    return null;
  }

  /** How an image was read; null for one of a dataset's. */
  default Reading reading(int index) {
    return null;
  }

  /** Whether an image is read and decoded each time it is asked for, which takes its time. */
  default boolean isLazy() {
    return false;
  }

  /** How many threads may read them at once, beside those of an engine. */
  default int readers() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Notes that an image was asked for, couldn't be read and is passed over. */
  default void passOver(int index, String reason) {}

  /** The images that were passed over so far, by index, each once. */
  default List<PassedOver> passedOver() {
    return List.of();
  }

  /** Notes that an image was read and is doubtful. */
  default void doubt(int index, String reason) {}

  /** The doubtful images that were read so far, by index, each once. */
  default List<Doubt> doubts() {
    return List.of();
  }

  /** The first {@code count} images, or all if there are no more. */
  Images first(int count);

  /** About how many bytes are read for an image. */
  default long bytes(int index) {
    return size();
  }

  /** How many values one image has. */
  default int size() {
    return Exact.product(channels(), height(), width());
  }

  /** Whether it is known what an image shows. */
  default boolean isLabeled(int index) {
    return label(index) != NO_LABEL;
  }
}
