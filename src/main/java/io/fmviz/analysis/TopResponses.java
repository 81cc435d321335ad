package io.fmviz.analysis;

import io.fmviz.probe.Statistic;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * For each channel of a layer the images with the highest responses, gathered batch by batch;
 * responses of different images can be merged. A map's response is its largest value; only
 * responses above zero count, so a dead channel has none. Values that are NaN or infinite are none,
 * and counted. Of equal responses the earlier image comes first, of equal values in a map the first
 * position.
 */
public final class TopResponses implements Statistic<TopResponses> {
  private final int count;
  private final List<List<Response>> best = new ArrayList<>();
  private final long[] notNumbers;

  /**
   * One image's response.
   *
   * @param image its index
   * @param value above zero
   * @param row of the map where it is, from 0
   * @param column of the map where it is, from 0
   */
  public record Response(int image, float value, int row, int column) implements Serializable {}

  /**
   * Room for the best of each channel.
   *
   * @param count how many are kept, at least 1
   */
  public TopResponses(int channels, int count) {
    this.count = count;
    this.notNumbers = new long[channels];
    for (int c = 0; c < channels; c++) {
      best.add(new ArrayList<>());
    }
  }

  /**
   * Adds a batch.
   *
   * @param images their indices; there may be more behind
   * @param shape {@code (count, channel, height, width)}
   * @param values row by row; there may be more behind
   */
  public void add(int[] images, int[] shape, float[] values) {
    int size = shape[2] * shape[3];
    int from = 0;
    for (int n = 0; n < shape[0]; n++) {
      for (int c = 0; c < best.size(); c++, from += size) {
        int at = highest(c, values, from, from + size);
        if (at >= 0) {
          int place = at - from;
          insert(best.get(c), images[n], values[at], place / shape[3], place % shape[3]);
        }
      }
    }
  }

  /** Where a map's response is; -1 if nothing is above zero. */
  private int highest(int channel, float[] values, int from, int to) {
    float highest = 0;
    int at = -1;
    for (int i = from; i < to; i++) {
      if (!Float.isFinite(values[i])) {
        notNumbers[channel]++;
      } else if (values[i] > highest) {
        highest = values[i];
        at = i;
      }
    }
    return at;
  }

  @Override
  public void merge(TopResponses other) {
    for (int c = 0; c < best.size(); c++) {
      notNumbers[c] += other.notNumbers[c];
      List<Response> both = new ArrayList<>(best.get(c));
      both.addAll(other.best.get(c));
      both.sort(
          Comparator.comparingDouble((Response r) -> -r.value()).thenComparingInt(Response::image));
      best.set(c, new ArrayList<>(both.subList(0, Math.min(count, both.size()))));
    }
  }

  private void insert(List<Response> channel, int image, float value, int row, int column) {
    int place = channel.size();
    while (place > 0 && isBefore(image, value, channel.get(place - 1))) {
      place--;
    }
    if (place < count) {
      channel.add(place, new Response(image, value, row, column));
      channel.subList(Math.min(count, channel.size()), channel.size()).clear();
    }
  }

  private static boolean isBefore(int image, float value, Response other) {
    return value > other.value() || (value == other.value() && image < other.image());
  }

  /** Each channel's responses, the highest first, as many as there are, at most the count. */
  public List<List<Response>> responses() {
    return best.stream().map(List::copyOf).toList();
  }

  /** How many of each channel's values are NaN or infinite. */
  public long[] notNumbers() {
    return notNumbers.clone();
  }
}
