package io.fmviz.pipeline.visualize;

import io.fmviz.dataset.Images;
import io.fmviz.image.MapBytes;
import io.fmviz.image.TilePlaces;
import io.fmviz.network.Node;
import io.fmviz.pipeline.FeatureMaps;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How one layer's maps stand in an image's page: as bytes, which know their range, where a picture
 * knows grey only. So that a page can be sent to someone, all maps of it together take at most
 * three million bytes, four million in base64: layers that take most are made smaller, by a whole
 * factor.
 *
 * @param channels those that are shown
 * @param all whether there are no others
 */
record PageMaps(int[] channels, boolean all, MapBytes form) {
  private static final long MOST = 3_000_000;

  /** How each of what is wanted is shown. */
  static List<PageMaps> of(List<WantedMaps> wanted, Images images) {
    List<PageMaps> whole = wanted.stream().map(maps -> of(maps, images)).toList();
    long most = MOST;
    List<PageMaps> fitted = whole;
    while (fitted.stream().mapToLong(PageMaps::size).sum() > MOST && most > 1) {
      most = most * 4 / 5;
      List<PageMaps> smaller = new ArrayList<>();
      for (PageMaps maps : whole) {
        smaller.add(maps.within(most));
      }
      fitted = smaller;
    }
    return fitted;
  }

  private static PageMaps of(WantedMaps wanted, Images images) {
    Node node = wanted.node();
    int all = node == null ? images.channels() : node.channels();
    int[] channels =
        wanted.drawn() == null ? IntStream.range(0, all).toArray() : wanted.drawn().channels();
    MapBytes form =
        node == null
            ? new MapBytes(images.height(), images.width())
            : new MapBytes(node.height(), node.width());
    return new PageMaps(channels, channels.length == all, form);
  }

  /** As large as takes at most so many bytes. */
  private PageMaps within(long most) {
    MapBytes smaller = form;
    int longest = Math.max(form.height(), form.width());
    while (smaller.size(channels.length) > most && smaller.factor() < longest) {
      smaller = new MapBytes(form.height(), form.width(), smaller.factor() + 1);
    }
    return new PageMaps(channels, all, smaller);
  }

  private long size() {
    return form.size(channels.length);
  }

  byte[] bytes(FeatureMaps maps) {
    return form.of(maps.values(), channels);
  }

  /** What the page must know to read them. */
  Drawn drawn() {
    return new Drawn(all ? null : channels, form.rows(), form.columns(), form.factor());
  }

  /**
   * Maps in a page.
   *
   * @param channels by their numbers, from 0; null for all of the layer
   * @param height as they stand there
   * @param width as they stand there
   * @param factor how many values a side one of theirs is the mean of
   */
  record Drawn(int[] channels, int height, int width, int factor) {}

  /**
   * Where a page that has a layer's maps smaller finds them in full: in the layer's picture, beside
   * it.
   *
   * @param picture the file's name
   * @param scale the side of the square that a pixel of a map is there
   * @param colors what its colours stand for
   */
  record InFull(String picture, int scale, TilePlaces places, VisualizedSample.Colors colors) {}
}
