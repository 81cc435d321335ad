package io.fmviz.dataset.file;

import io.fmviz.dataset.Doubt;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.PassedOver;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Images that lie in picture files and are read when they are asked for: what is the same however
 * they are read.
 */
public abstract class PictureFileImages implements Images {
  private final Labelled pictures;
  private final Map<Integer, PassedOver> passedOver = new ConcurrentSkipListMap<>();
  private final Map<Integer, Doubt> doubts = new ConcurrentSkipListMap<>();

  /**
   * Files and what they show.
   *
   * @param labels one for each file, from 0; {@link Images#NO_LABEL} for none
   * @param classNames what they stand for; empty if nothing is labelled
   */
  public record Labelled(List<Path> files, int[] labels, List<String> classNames) {
    /** Checks and copies. */
    public Labelled {
      if (labels.length != files.size()) {
        throw new IllegalArgumentException(
            "%d labels for %d files".formatted(labels.length, files.size()));
      }
      labels = labels.clone();
      classNames = List.copyOf(classNames);
    }

    /** The first so many. */
    Labelled first(int count) {
      return new Labelled(files.subList(0, count), Arrays.copyOf(labels, count), classNames);
    }
  }

  protected PictureFileImages(Labelled pictures) {
    this.pictures = pictures;
  }

  /** The same way of reading, for other files. */
  protected abstract PictureFileImages of(Labelled others);

  protected final Path file(int index) {
    return pictures.files().get(index);
  }

  @Override
  public final int count() {
    return pictures.files().size();
  }

  @Override
  public final int label(int index) {
    return pictures.labels()[index];
  }

  @Override
  public final List<String> classNames() {
    return pictures.classNames();
  }

  /** As large as the file is, where that is known. */
  @Override
  public final long bytes(int index) {
    return pictures.files() instanceof SizedFiles files ? files.bytes(index) : size();
  }

  /** {@code image_1-seven}: the number from 1 and the file's name, as far as it is plain. */
  @Override
  public final String title(int index) {
    return ImageFiles.title(index, file(index));
  }

  @Override
  public final String source(int index) {
    return file(index).toString();
  }

  @Override
  public final boolean isLazy() {
    return true;
  }

  @Override
  public final void passOver(int index, String reason) {
    passedOver.putIfAbsent(index, new PassedOver(index, source(index), reason));
  }

  @Override
  public final List<PassedOver> passedOver() {
    return List.copyOf(passedOver.values());
  }

  @Override
  public final void doubt(int index, String reason) {
    doubts.putIfAbsent(index, new Doubt(index, reason));
  }

  @Override
  public final List<Doubt> doubts() {
    return List.copyOf(doubts.values());
  }

  @Override
  public final PictureFileImages first(int count) {
    return count >= count() ? this : of(pictures.first(count));
  }
}
