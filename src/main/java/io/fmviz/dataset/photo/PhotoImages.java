package io.fmviz.dataset.photo;

import io.fmviz.dataset.ImageFiles;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.PassedOver;
import io.fmviz.dataset.Picture;
import io.fmviz.dataset.Reading;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Photographs, each read and brought to size when it is asked for. Several threads may ask at once.
 */
public final class PhotoImages implements Images {
  private final List<Path> files;
  private final int[] labels;
  private final List<String> classNames;
  private final Preprocessing reading;
  private final ChannelFloats floats;
  private final FittedCache lately;
  private final Map<Integer, PassedOver> passedOver = new ConcurrentSkipListMap<>();

  private PhotoImages(
      List<Path> files, int[] labels, List<String> classNames, Preprocessing reading) {
    this.files = files;
    this.labels = labels;
    this.classNames = List.copyOf(classNames);
    this.reading = reading;
    this.floats = new ChannelFloats(reading);
    this.lately = new FittedCache();
  }

  /**
   * Photographs in files.
   *
   * @param reading any but that of digits
   * @param labels one for each file, from 0; {@link #NO_LABEL} for none
   * @param classNames what they stand for; empty if nothing is labelled
   */
  public static PhotoImages of(
      PictureFiles files, Preprocessing reading, int[] labels, List<String> classNames) {
    if (labels.length != files.files().size() || reading.fit() == Fit.DIGIT) {
      throw new IllegalArgumentException(
          "%d labels for %d files, %s"
              .formatted(labels.length, files.files().size(), reading.fit()));
    }
    return new PhotoImages(files.files(), labels.clone(), classNames, reading);
  }

  @Override
  public int count() {
    return files.size();
  }

  @Override
  public int channels() {
    return reading.channels();
  }

  @Override
  public int height() {
    return reading.height();
  }

  @Override
  public int width() {
    return reading.width();
  }

  @Override
  public void copyTo(FloatBuffer target, int index) {
    floats.copy(fitted(index).picture(), target);
  }

  /** What the network sees: the picture in its size, in colour or grey, from 0 to 255. */
  @Override
  public Picture picture(int index) {
    return fitted(index).picture();
  }

  @Override
  public Reading reading(int index) {
    return fitted(index).reading();
  }

  /** Where what the network sees lies on the picture. */
  public Placement placement(int index) {
    return fitted(index).placement();
  }

  private Fitted fitted(int index) {
    return lately.get(index, i -> Fitted.of(PhotoReader.read(files.get(i)), reading));
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
  public String title(int index) {
    return ImageFiles.title(index, files.get(index));
  }

  @Override
  public String source(int index) {
    return files.get(index).toString();
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

  @Override
  public PhotoImages first(int count) {
    return count >= count()
        ? this
        : new PhotoImages(
            files.subList(0, count), Arrays.copyOf(labels, count), classNames, reading);
  }
}
