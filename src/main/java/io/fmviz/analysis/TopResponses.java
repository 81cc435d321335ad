package io.fmviz.analysis;

import java.util.ArrayList;
import java.util.List;

/**
 * For each channel of a layer the images with the highest responses, gathered batch by batch. A
 * map's response is its largest value; only responses above zero count, so a dead channel has none.
 * Of equal responses the earlier image comes first, of equal values in a map the first position.
 */
public final class TopResponses {
  private final int count;
  private final List<List<Response>> best = new ArrayList<>();

  /**
   * One image's response.
   *
   * @param image its number in the order in which images were added, from 0
   * @param value above zero
   * @param row of the map where it is, from 0
   * @param column of the map where it is, from 0
   */
  public record Response(int image, float value, int row, int column) {}

  /**
   * Room for the best of each channel.
   *
   * @param count how many are kept, at least 1
   */
  public TopResponses(int channels, int count) {
    this.count = count;
    for (int c = 0; c < channels; c++) {
      best.add(new ArrayList<>());
    }
  }

  /**
   * Adds a batch.
   *
   * @param first the number of its first image
   * @param shape {@code (count, channel, height, width)}
   * @param values row by row; there may be more behind
   */
  public void add(int first, int[] shape, float[] values) {
    int size = shape[2] * shape[3];
    int from = 0;
    for (int n = 0; n < shape[0]; n++) {
      for (List<Response> channel : best) {
        int at = from;
        for (int i = from + 1; i < from + size; i++) {
          at = values[i] > values[at] ? i : at;
        }
        insert(channel, first + n, values[at], (at - from) / shape[3], (at - from) % shape[3]);
        from += size;
      }
    }
  }

  private void insert(List<Response> channel, int image, float value, int row, int column) {
    boolean full = channel.size() == count;
    if (!(value > (full ? channel.get(count - 1).value() : 0))) {
      return;
    }
    if (full) {
      channel.remove(count - 1);
    }
    int place = channel.size();
    while (place > 0 && value > channel.get(place - 1).value()) {
      place--;
    }
    channel.add(place, new Response(image, value, row, column));
  }

  /** Each channel's responses, the highest first, as many as there are, at most the count. */
  public List<List<Response>> responses() {
    return best.stream().map(List::copyOf).toList();
  }
}
