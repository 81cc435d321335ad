package io.fmviz.spark;

import io.fmviz.dataset.Images;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/**
 * Images that lie behind each other, for one task. The driver has their numbers alone; where they
 * are and what they show, or, of a dataset's, their bytes, are written as a task is sent.
 */
final class Partition implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int first;
  private final int count;
  private transient Images all;
  private transient Content content;

  /**
   * What an executor gets.
   *
   * @param sources where the images are; null for a dataset's
   * @param pixels of these, as {@link io.fmviz.dataset.LabeledImages} has them; null of files
   * @param labels one for each
   * @param height of an image, like width in pixels
   */
  record Content(String[] sources, byte[] pixels, int[] labels, int height, int width)
      implements Serializable {}

  /** Some of the images. */
  Partition(Images all, int first, int count) {
    this.all = all;
    this.first = first;
    this.count = count;
  }

  /** The number of its first image, from 0. */
  int first() {
    return first;
  }

  int count() {
    return count;
  }

  /** What an executor has of it. */
  Content content() {
    return content == null ? made() : content;
  }

  private Content made() {
    int[] labels = new int[count];
    String[] sources = all.isLazy() ? new String[count] : null;
    int size = all.height() * all.width();
    byte[] pixels = all.isLazy() ? null : new byte[Math.multiplyExact(count, size)];
    for (int i = 0; i < count; i++) {
      labels[i] = all.label(first + i);
      if (all.isLazy()) {
        sources[i] = all.source(first + i);
      } else {
        System.arraycopy(all.picture(first + i).values(), 0, pixels, i * size, size);
      }
    }
    return new Content(sources, pixels, labels, all.height(), all.width());
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    out.writeUnshared(content());
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    content = (Content) in.readUnshared();
  }
}
