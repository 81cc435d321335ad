package io.fmviz.analysis;

import io.fmviz.network.DeadRule;
import io.fmviz.probe.Statistic;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Statistics of one layer's channels over any number of images, gathered batch by batch: nothing is
 * kept but some numbers for each channel, and statistics of different images can be merged.
 * Channels are counted from 0. A channel is active where its value is above zero, or says more than
 * what a dead channel of its layer would, and in an image where it is so at one pixel at least. Of
 * a channel with a value that is NaN or infinite nothing can be said: it is neither dead nor almost
 * dead nor always on, and its shares are NaN.
 *
 * <p>Every result is an array with one value for each channel; before the first image they are NaN
 * or, for extremes, infinite.
 */
public final class ChannelStatistics implements Statistic<ChannelStatistics> {
  private final DeadRule deadRule;
  private final boolean exact;
  private final float threshold;
  private final float[] maximum;
  private final float[] minimum;
  private final Sums sum;
  private final long[] notNumbers;
  private final long[][] activePixels;
  private final long[][] activeImages;
  private final long[] images;
  private long pixelsOfMap;

  /**
   * Statistics of no image.
   *
   * @param channels of the layer
   * @param classes of the images: labels are 0 to {@code classes - 1}
   */
  public ChannelStatistics(int channels, int classes) {
    this(channels, classes, DeadRule.upTo(0));
  }

  /**
   * Statistics of no image.
   *
   * @param deadRule when a channel is dead; null if none ever is for certain: active is what is
   *     above zero then
   */
  public ChannelStatistics(int channels, int classes, DeadRule deadRule) {
    this.deadRule = deadRule;
    exact = deadRule != null && deadRule.exact();
    threshold = deadRule == null ? 0 : deadRule.threshold();
    maximum = new float[channels];
    minimum = new float[channels];
    Arrays.fill(maximum, Float.NEGATIVE_INFINITY);
    Arrays.fill(minimum, Float.POSITIVE_INFINITY);
    sum = new Sums(channels);
    notNumbers = new long[channels];
    activePixels = new long[channels][classes];
    activeImages = new long[channels][classes];
    images = new long[classes];
  }

  /**
   * Adds a batch.
   *
   * @param shape {@code (count, channel, height, width)}
   * @param values row by row; there may be more behind them
   * @param label gives the label of each image of the batch, counted from 0; all are 0 where there
   *     are no classes to tell apart
   */
  public void add(int[] shape, float[] values, IntUnaryOperator label) {
    int channels = channels();
    if (shape.length != 4 || shape[1] != channels) {
      throw new IllegalArgumentException(
          "the shape %s is not (count, %d, height, width)"
              .formatted(Arrays.toString(shape), channels));
    }
    int size = Math.multiplyExact(shape[2], shape[3]);
    int from = 0;
    for (int n = 0; n < shape[0]; n++) {
      int c = label.applyAsInt(n);
      images[c]++;
      for (int channel = 0; channel < channels; channel++, from += size) {
        int active = add(channel, values, from, from + size);
        activePixels[channel][c] += active;
        activeImages[channel][c] += active > 0 ? 1 : 0;
      }
    }
    pixelsOfMap = size;
  }

  /** Adds one map; at how many pixels the channel is active in it. */
  private int add(int channel, float[] values, int from, int to) {
    double total = OneMap.total(values, from, to);
    sum.add(channel, total);
    if (Double.isFinite(total)) {
      extremes(channel, values, from, to);
    } else {
      extremesWithNotNumbers(channel, values, from, to);
    }
    return exact ? OneMap.notZero(values, from, to) : OneMap.above(threshold, values, from, to);
  }

  private void extremes(int channel, float[] values, int from, int to) {
    float highest = maximum[channel];
    float lowest = minimum[channel];
    for (int i = from; i < to; i++) {
      float value = values[i];
      // Seldom so, and quicker than Math.max.
      if (value > highest) {
        highest = value;
      }
      if (value < lowest) {
        lowest = value;
      }
    }
    maximum[channel] = highest + 0f; // 0 is above -0
    minimum[channel] = lowest;
  }

  private void extremesWithNotNumbers(int channel, float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      maximum[channel] = Math.max(maximum[channel], values[i]);
      minimum[channel] = Math.min(minimum[channel], values[i]);
      notNumbers[channel] += Float.isFinite(values[i]) ? 0 : 1;
    }
  }

  @Override
  public void merge(ChannelStatistics other) {
    sum.merge(other.sum);
    for (int channel = 0; channel < channels(); channel++) {
      maximum[channel] = Math.max(maximum[channel], other.maximum[channel]);
      minimum[channel] = Math.min(minimum[channel], other.minimum[channel]);
      notNumbers[channel] += other.notNumbers[channel];
      add(activePixels[channel], other.activePixels[channel]);
      add(activeImages[channel], other.activeImages[channel]);
    }
    add(images, other.images);
    pixelsOfMap = Math.max(pixelsOfMap, other.pixelsOfMap);
  }

  private static void add(long[] counts, long[] others) {
    Arrays.setAll(counts, i -> counts[i] + others[i]);
  }

  public int channels() {
    return maximum.length;
  }

  /** How many classes of images are told apart. */
  public int classes() {
    return images.length;
  }

  /** The number of images so far. */
  public long images() {
    return LongStream.of(images).sum();
  }

  /** The largest value; NaN if any was. */
  public double[] maximum() {
    return ofChannels(channel -> maximum[channel]);
  }

  /** The smallest value; NaN if any was. */
  public double[] minimum() {
    return ofChannels(channel -> minimum[channel]);
  }

  public double[] mean() {
    return ofChannels(channel -> sum.value(channel) / pixels());
  }

  /**
   * Takes over how many values of the same channels were NaN or infinite before they became these
   * ones, where these ones don't show it: ReLU makes 0 of minus infinity.
   */
  void doubt(ChannelStatistics origin) {
    for (int channel = 0; channel < channels(); channel++) {
      if (notNumbers[channel] == 0) {
        notNumbers[channel] = origin.notNumbers[channel];
      }
    }
  }

  /** How many of the values are NaN or infinite. */
  public long[] notNumbers() {
    return notNumbers.clone();
  }

  /** The share of the images in which the channel is active, from 0 to 1. */
  public double[] imageShare() {
    double all = images();
    return ofChannels(c -> share(c, LongStream.of(activeImages[c]).sum(), all));
  }

  /** The share of all pixels at which the channel is active, from 0 to 1. */
  public double[] pixelShare() {
    return ofChannels(c -> share(c, LongStream.of(activePixels[c]).sum(), pixels()));
  }

  /**
   * {@code (channels, classes)}: the share of each class's pixels at which the channel is active,
   * from 0 to 1; NaN for a class of no images.
   */
  public double[][] classPixelShare() {
    double[][] shares = new double[channels()][images.length];
    for (int channel = 0; channel < shares.length; channel++) {
      for (int c = 0; c < images.length; c++) {
        shares[channel][c] =
            share(channel, activePixels[channel][c], (double) images[c] * pixelsOfMap);
      }
    }
    return shares;
  }

  /**
   * {@code (channels, classes)}: the share of each class's images in which the channel is active,
   * from 0 to 1; NaN for a class of no images.
   */
  public double[][] classImageShare() {
    double[][] shares = new double[channels()][images.length];
    for (int channel = 0; channel < shares.length; channel++) {
      for (int c = 0; c < images.length; c++) {
        shares[channel][c] = share(channel, activeImages[channel][c], (double) images[c]);
      }
    }
    return shares;
  }

  /** The channels that were never active. */
  public List<Integer> dead() {
    return channels(this::isDead);
  }

  private boolean isDead(int channel) {
    return deadRule != null
        && deadRule.isDead(minimum[channel], maximum[channel])
        && notNumbers[channel] == 0;
  }

  /** The channels that are active, but in less than a share of the images. */
  public List<Integer> almostDead(double below) {
    double[] share = imageShare();
    return channels(c -> deadRule != null && !isDead(c) && share[c] < below);
  }

  /**
   * The channels that had one value and no other, where none is ever dead for certain; null where
   * it is known when one is.
   */
  public List<Integer> constant() {
    return deadRule == null ? channels(c -> minimum[c] == maximum[c] && notNumbers[c] == 0) : null;
  }

  /** The channels that are active in every image. */
  public List<Integer> alwaysOn() {
    double[] share = imageShare();
    return channels(channel -> share[channel] == 1);
  }

  /**
   * The channels that stay when a layer is pruned, ascending, at least one: those that are active
   * in a share of the images, and if there are none, the one that is active in most of them, of
   * equals the one with the largest value: of dead ones that which comes closest to zero.
   *
   * @param below the share, from 0 to 1; with 0, all but the dead ones stay
   */
  public List<Integer> kept(double below) {
    List<Integer> dead = dead();
    List<Integer> almostDead = almostDead(below);
    List<Integer> kept = channels(c -> !dead.contains(c) && !almostDead.contains(c));
    return kept.isEmpty() ? List.of(mostActive()) : kept;
  }

  private int mostActive() {
    double[] share = imageShare();
    return IntStream.range(0, channels())
        .boxed()
        .max(
            Comparator.comparingDouble((Integer c) -> share[c])
                .thenComparingDouble(c -> maximum[c]))
        .orElseThrow();
  }

  /** A value that is not finite was counted as not above zero, which nobody knows. */
  private double share(int channel, long active, double all) {
    return notNumbers[channel] == 0 ? active / all : Double.NaN;
  }

  private double pixels() {
    return (double) images() * pixelsOfMap;
  }

  private List<Integer> channels(IntPredicate chosen) {
    return IntStream.range(0, channels()).filter(chosen).boxed().toList();
  }

  private double[] ofChannels(IntToDoubleFunction value) {
    return IntStream.range(0, channels()).mapToDouble(value).toArray();
  }
}
