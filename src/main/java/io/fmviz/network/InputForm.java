package io.fmviz.network;

import io.fmviz.base.Exact;
import io.fmviz.base.Numbers;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.photo.Preprocessing;
import java.util.List;
import java.util.Map;

/**
 * What images must be like for a network to take them.
 *
 * @param reading how a picture becomes one; null where only a program knows
 */
public record InputForm(int channels, int height, int width, Preprocessing reading) {
  /** Of a network that takes what a program or a dataset gives. */
  public InputForm(int channels, int height, int width) {
    this(channels, height, width, null);
  }

  /** The same with values of the network's other inputs that nobody told, by name. */
  public InputForm withGuessedInputs(Map<String, List<Double>> values) {
    return reading == null || values.isEmpty()
        ? this
        : new InputForm(channels, height, width, reading.withGuessedInputs(values));
  }

  /** Whether the network takes these. */
  public boolean fits(Images images) {
    return images.channels() == channels && images.height() == height && images.width() == width;
  }

  /**
   * Refuses images of another form.
   *
   * @param network what takes them, for people
   * @throws UserException with both forms in its message
   */
  public void require(Images images, String network) {
    if (!fits(images)) {
      throw new UserException(
          "%s takes images of %s, not of %s"
              .formatted(
                  network,
                  text(channels, height, width),
                  text(images.channels(), images.height(), images.width())));
    }
  }

  private static String text(int channels, int height, int width) {
    return "%d x %d pixels with %s".formatted(height, width, Numbers.count(channels, "channel"));
  }

  /** How many values one image has. */
  public long size() {
    return Exact.product((long) channels, height, width);
  }
}
