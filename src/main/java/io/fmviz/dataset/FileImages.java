package io.fmviz.dataset;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A person's own pictures of digits, in the form of MNIST's images. Each is read when it is asked
 * for, and kept: it is small. Several threads may ask at once.
 */
public final class FileImages implements Images {
  private final List<Path> files;
  private final int[] labels;
  private final List<String> classNames;
  private final Boolean invert;
  private final Map<Integer, Read> read = new ConcurrentHashMap<>();
  private final Map<Integer, PassedOver> passedOver = new ConcurrentSkipListMap<>();

  /** One that was read: alone among images of one. */
  private record Read(LabeledImages image, Reading reading) {}

  /**
   * Pictures in files.
   *
   * @param invert whether the strokes are darker than the ground; null to find that out
   * @param labels one for each file, from 0; {@link #NO_LABEL} for none
   * @param classNames what they stand for; empty if nothing is labelled
   */
  public FileImages(List<Path> files, Boolean invert, int[] labels, List<String> classNames) {
    if (labels.length != files.size()) {
      throw new IllegalArgumentException(
          "%d labels for %d files".formatted(labels.length, files.size()));
    }
    this.files = files;
    this.invert = invert;
    this.labels = labels.clone();
    this.classNames = List.copyOf(classNames);
  }

  /** Pictures of which it isn't known what they show. */
  public static FileImages unlabelled(List<Path> files, Boolean invert) {
    int[] none = new int[files.size()];
    Arrays.fill(none, NO_LABEL);
    return new FileImages(files, invert, none, List.of());
  }

  private Read read(int index) {
    // No computeIfAbsent: it would hold other threads up for as long as a picture takes.
    Read one = read.get(index);
    if (one == null) {
      one = read(files.get(index));
      read.put(index, one);
    }
    return one;
  }

  /**
   * Reads a picture.
   *
   * @throws UserException if the file can't be read, is no whole picture, is too large, or shows
   *     nothing
   */
  private Read read(Path file) {
    ImageFileReader.Read picture = ImageFileReader.read(file);
    DigitReader.Digit digit = DigitReader.read(file.toString(), picture.raster(), invert);
    return new Read(
        DigitPicture.of(digit),
        new Reading(digit.inverted(), invert == null, picture.orientation(), digit.doubt()));
  }

  @Override
  public int count() {
    return files.size();
  }

  @Override
  public int channels() {
    return 1;
  }

  @Override
  public int height() {
    return MnistForm.SIZE;
  }

  @Override
  public int width() {
    return MnistForm.SIZE;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public void copyTo(FloatBuffer target, int index) {
    read(index).image().copyTo(target, 0);
  }

  @Override
  public Picture picture(int index) {
    return read(index).image().picture(0);
  }

  @Override
  public Reading reading(int index) {
    return read(index).reading();
  }

  @Override
  public boolean isLazy() {
    return true;
  }

  @Override
  public void passOver(int index, String reason) {
    passedOver.putIfAbsent(index, new PassedOver(index, source(index), reason));
  }

  @Override
  public List<PassedOver> passedOver() {
    return List.copyOf(passedOver.values());
  }

  /** {@code image_1-seven}: the number from 1 and the file's name, as far as it is plain. */
  @Override
  public String title(int index) {
    return ImageFiles.title(index, files.get(index));
  }

  @Override
  public String source(int index) {
    return files.get(index).toString();
  }

  @Override
  public FileImages first(int count) {
    return count >= count()
        ? this
        : new FileImages(files.subList(0, count), invert, Arrays.copyOf(labels, count), classNames);
  }
}
