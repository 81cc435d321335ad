package io.fmviz.dataset;

import java.util.Locale;

/** The two parts of a dataset. */
public enum Split {
  TRAIN("train"),
  TEST("t10k");

  private final String prefix;

  Split(String prefix) {
    this.prefix = prefix;
  }

  /** The name on the command line: {@code train}, {@code test}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name of the IDX file that holds the images, without {@code .gz}. */
  public String imagesFile() {
    return prefix + "-images-idx3-ubyte";
  }

  /** The name of the IDX file that holds the labels, without {@code .gz}. */
  public String labelsFile() {
    return prefix + "-labels-idx1-ubyte";
  }
}
