package io.fmviz.spark;

import io.fmviz.dataset.Images;
import java.util.ArrayList;
import java.util.List;

/** Divides images into parts of about as many bytes. */
final class Partitions {
  /** Less isn't worth a task, of which Spark does fifty a second on a core. */
  private static final long LEAST = 1L << 18;

  /** More is too much to do again if an executor is lost. */
  private static final long MOST = 32L << 20;

  /** More would each send a statistic, and Spark's driver keep an account of each. */
  private static final int NUMBER = 20_000;

  /** A core would get so many parts if all were as large as the next. */
  private static final int A_CORE = 2;

  private Partitions() {}

  /**
   * As many parts as the bytes and the cores suggest, the last ones smaller: cores begin and run at
   * different times, and who is done early takes what is left in small pieces (guided
   * self-scheduling, Polychronopoulos and Kuck, 1987).
   *
   * @param count the first so many of the images
   * @param cores of the cluster
   */
  static List<Partition> of(Images images, int count, int cores) {
    long left = bytes(images, count);
    long least = Math.max(LEAST, left / NUMBER);
    List<Partition> parts = new ArrayList<>();
    long bytes = 0;
    int first = 0;
    for (int i = 0; i < count; i++) {
      bytes += weight(images, i);
      long most = Math.min(MOST, left / ((long) A_CORE * Math.max(1, cores)));
      if (bytes >= Math.max(least, most) || i == count - 1) {
        parts.add(new Partition(images, first, i + 1 - first));
        left -= bytes;
        bytes = 0;
        first = i + 1;
      }
    }
    return parts;
  }

  /** So many parts, or fewer where some images have as many bytes as a part should. */
  static List<Partition> ofNumber(Images images, int count, int number) {
    long all = bytes(images, count);
    List<Partition> parts = new ArrayList<>();
    long before = 0;
    long share = 0;
    int first = 0;
    for (int i = 0; i < count; i++) {
      before += weight(images, i);
      // In which of so many equal shares of the bytes the next image begins.
      long next = (long) (before / (double) all * number);
      if (next > share || i == count - 1) {
        parts.add(new Partition(images, first, i + 1 - first));
        first = i + 1;
        share = next;
      }
    }
    return parts;
  }

  private static long bytes(Images images, int count) {
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += weight(images, i);
    }
    return bytes;
  }

  /** An empty file is work too. */
  private static long weight(Images images, int index) {
    return Math.max(1, images.bytes(index));
  }
}
