package io.fmviz.analysis;

import io.fmviz.base.Unwrapped;
import io.fmviz.network.Node;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How active one layer's channels are. Channels are counted from 0; every array has one entry for
 * each.
 *
 * @param channels how many
 * @param dead the channels that never rose above zero, or, where the layer makes exact zeros, made
 *     nothing else
 * @param almostDead those that did more, but in few images
 * @param alwaysOn those that did in every image
 * @param constant those with one value and no other, where none is ever dead for certain; null
 *     where it is known when one is
 */
public record LayerActivity(
    @Unwrapped LayerName name,
    int channels,
    List<Integer> dead,
    List<Integer> almostDead,
    List<Integer> alwaysOn,
    List<Integer> constant,
    @Unwrapped Values values,
    @Unwrapped Shares shares) {
  /**
   * The channels' values.
   *
   * @param maximum the largest value of all images, like minimum and mean
   * @param notANumber how many of its values are NaN or infinite: its shares are NaN then, and it
   *     is neither dead nor almost dead nor always on; null if there is no such value in the layer
   */
  public record Values(double[] maximum, double[] minimum, double[] mean, long[] notANumber) {}

  /**
   * Where the channels are above zero.
   *
   * @param imageShare the share of the images in which the channel is so somewhere, from 0 to 1
   * @param pixelShare the share of all pixels where it is, from 0 to 1
   * @param classImageShare {@code classImageShare[channel][class]} is the share of that class's
   *     images; null in JSON for a class of no images; null where classes are not told apart
   * @param classPixelShare likewise the share of its pixels
   */
  public record Shares(
      double[] imageShare,
      double[] pixelShare,
      double[][] classImageShare,
      double[][] classPixelShare) {}

  /** What statistics say of a layer. */
  public static LayerActivity of(Node node, ChannelStatistics statistics, double below) {
    boolean told = statistics.classes() > 1;
    return new LayerActivity(
        LayerName.of(node),
        statistics.channels(),
        statistics.dead(),
        statistics.almostDead(below),
        statistics.alwaysOn(),
        statistics.constant(),
        new Values(
            statistics.maximum(),
            statistics.minimum(),
            statistics.mean(),
            NonFinite.orNull(statistics.notNumbers())),
        new Shares(
            statistics.imageShare(),
            statistics.pixelShare(),
            told ? statistics.classImageShare() : null,
            told ? statistics.classPixelShare() : null));
  }

  /** The same for all classes together. */
  public LayerActivity withoutClasses() {
    return new LayerActivity(
        name,
        channels,
        dead,
        almostDead,
        alwaysOn,
        constant,
        values,
        new Shares(shares.imageShare(), shares.pixelShare(), null, null));
  }

  /** Type and index, {@code Conv2d_2}. */
  public String layer() {
    return name.layer();
  }

  /** The channels with values that are NaN or infinite. */
  public List<Integer> notNumbers() {
    long[] notANumber = values.notANumber();
    return IntStream.range(0, notANumber == null ? 0 : channels)
        .filter(channel -> notANumber[channel] > 0)
        .boxed()
        .toList();
  }

  /** How many of the channels are dead, from 0 to 100. */
  public double deadPercent() {
    return 100.0 * dead.size() / channels;
  }
}
