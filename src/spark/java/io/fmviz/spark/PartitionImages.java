package io.fmviz.spark;

import io.fmviz.base.UserException;
import io.fmviz.dataset.Doubt;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.Original;
import io.fmviz.dataset.PassedOver;
import io.fmviz.dataset.Picture;
import io.fmviz.dataset.Reading;
import io.fmviz.spark.files.RemoteReadException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The images of a part, under their numbers among all. What goes wrong with one is said of the
 * place that the driver knows.
 */
final class PartitionImages implements Images {
  private final Images images;
  private final int first;
  private final Places places;
  private final int readers;
  private final Map<Integer, PassedOver> passedOver = new ConcurrentSkipListMap<>();

  /**
   * Where the images are.
   *
   * @param here on this machine, one for each; like {@code sources} null for a dataset's
   * @param sources as the driver has them
   * @param isLastTry whether an image whose bytes don't come is passed over
   */
  record Places(List<String> here, String[] sources, boolean isLastTry) {
    /** Of a dataset's images. */
    static final Places NONE = new Places(null, null, true);
  }

  /**
   * Some of all images.
   *
   * @param first the number of the first of them
   * @param readers as many threads as Spark gives a task
   */
  PartitionImages(Images images, int first, Places places, int readers) {
    this.images = images;
    this.first = first;
    this.places = places;
    this.readers = readers;
  }

  @Override
  public int count() {
    return first + images.count();
  }

  @Override
  public int channels() {
    return images.channels();
  }

  @Override
  public int height() {
    return images.height();
  }

  @Override
  public int width() {
    return images.width();
  }

  @Override
  public void copyTo(FloatBuffer target, int index) {
    try {
      images.copyTo(target, index - first);
    } catch (UserException e) {
      if (e.getCause() instanceof RemoteReadException && !places.isLastTry()) {
        // Spark begins the task again, on another machine perhaps.
        throw new IllegalStateException(e.getMessage(), e);
      }
      throw e;
    }
  }

  @Override
  public int label(int index) {
    return images.label(index - first);
  }

  @Override
  public List<String> classNames() {
    return images.classNames();
  }

  @Override
  public void doubt(int index, String reason) {
    images.doubt(index - first, reason);
  }

  @Override
  public List<Doubt> doubts() {
    return images.doubts().stream()
        .map(doubt -> new Doubt(first + doubt.index(), doubt.reason()))
        .toList();
  }

  @Override
  public Picture picture(int index) {
    return images.picture(index - first);
  }

  @Override
  public Original original(int index) {
    return images.original(index - first);
  }

  @Override
  public long bytes(int index) {
    return images.bytes(index - first);
  }

  @Override
  public Reading reading(int index) {
    return images.reading(index - first);
  }

  @Override
  public String title(int index) {
    return images.title(index - first);
  }

  @Override
  public String source(int index) {
    return places.sources() == null ? null : places.sources()[index - first];
  }

  @Override
  public boolean isLazy() {
    return images.isLazy();
  }

  @Override
  public int readers() {
    return readers;
  }

  @Override
  public void passOver(int index, String reason) {
    String said =
        places.here() == null
            ? reason
            : reason.replace(places.here().get(index - first), source(index));
    passedOver.putIfAbsent(index, new PassedOver(index, source(index), said));
  }

  @Override
  public List<PassedOver> passedOver() {
    return List.copyOf(passedOver.values());
  }

  @Override
  public Images first(int count) {
    throw new UnsupportedOperationException("a part is a part of all images already");
  }
}
