package io.fmviz.analysis;

import io.fmviz.base.Exact;
import io.fmviz.base.Numbers;
import io.fmviz.base.UserException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** One layer's output for some images, gathered batch by batch. */
public final class Activations {
  /** The longest array that every Java makes. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private final int room;
  private int images;
  private int channels;
  private int height;
  private int width;
  private float[] values;

  /** Room for the output for so many images. */
  public Activations(int images) {
    this.room = images;
  }

  /**
   * Takes a batch.
   *
   * @param first the number of its first image, from 0
   * @param shape {@code (count, channel, height, width)}
   * @param batch row by row; there may be more behind
   * @throws UserException if all images together would have more values than an array holds
   */
  public void put(int first, int[] shape, float[] batch) {
    if (values == null) {
      channels = shape[1];
      height = shape[2];
      width = shape[3];
      long size = Exact.product((long) room, channels, height, width);
      if (size > MOST) {
        throw new UserException(
            "%s with %s each are more than fmviz holds: take fewer images"
                .formatted(Numbers.count(room, "image"), Numbers.count(size / room, "value")));
      }
      values = new float[(int) size];
    }
    images = Math.max(images, first + shape[0]);
    System.arraycopy(batch, 0, values, first * imageSize(), shape[0] * imageSize());
  }

  private int imageSize() {
    return Exact.product(channels, height, width);
  }

  public int channels() {
    return channels;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** {@code (image, channel, height, width)}, row by row, of the images that came. */
  public float[] values() {
    if (values.length > images * imageSize()) {
      values = Arrays.copyOf(values, images * imageSize());
    }
    return values;
  }

  /** Where a map begins in the values. */
  public int offset(int image, int channel) {
    return (image * channels + channel) * height * width;
  }

  /**
   * How much each channel's maps differ from one image to the next: the mean of the differences'
   * magnitudes over the map's pixels, summed over the images.
   */
  public double[] movements() {
    double[] sums = new double[channels];
    for (int image = 1; image < images; image++) {
      for (int c = 0; c < channels; c++) {
        int before = offset(image - 1, c);
        int now = offset(image, c);
        for (int i = 0; i < height * width; i++) {
          sums[c] += Math.abs((double) values[now + i] - values[before + i]);
        }
      }
    }
    return Arrays.stream(sums).map(sum -> sum / (height * width)).toArray();
  }

  /**
   * The channels by some value of theirs, the largest first; of equals the first. Values that are
   * NaN or infinite come last.
   */
  public static List<Integer> ranked(double[] valueOfChannel) {
    return IntStream.range(0, valueOfChannel.length)
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                c -> Double.isFinite(valueOfChannel[c]) ? -valueOfChannel[c] : Double.NaN))
        .toList();
  }

  /** The channels that are nowhere above zero, all of their values being numbers. */
  public List<Integer> neverAboveZero() {
    boolean[] alive = new boolean[channels];
    for (int i = 0; i < images * imageSize(); i++) {
      alive[i / (height * width) % channels] |= values[i] > 0 || !Float.isFinite(values[i]);
    }
    return IntStream.range(0, channels).filter(c -> !alive[c]).boxed().toList();
  }

  /** How many of each channel's values are NaN or infinite. */
  public long[] notNumbers() {
    long[] counts = new long[channels];
    for (int i = 0; i < images * imageSize(); i++) {
      counts[i / (height * width) % channels] += Float.isFinite(values[i]) ? 0 : 1;
    }
    return counts;
  }

  /** Each channel's mean over all images. */
  public double[] means() {
    double[] sums = new double[channels];
    for (int image = 0; image < images; image++) {
      for (int c = 0; c < channels; c++) {
        int from = offset(image, c);
        for (int i = from; i < from + height * width; i++) {
          sums[c] += values[i];
        }
      }
    }
    return Arrays.stream(sums).map(sum -> sum / ((double) images * height * width)).toArray();
  }
}
