package io.fmviz.dataset;

/** Images to learn from and images to test with. */
public interface Dataset {
  /** The number of classes of every dataset here; labels are 0 to 9. */
  int CLASSES = 10;

  /** The rows and columns of its images. */
  int SIDE = 28;

  /** The name, as {@code --dataset} takes it. */
  String name();

  /**
   * Reads or draws one part.
   *
   * @throws io.fmviz.base.UserException if it can't be had, saying why and what to do
   */
  Images load(Split split);
}
