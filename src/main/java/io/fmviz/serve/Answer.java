package io.fmviz.serve;

import io.fmviz.dataset.Picture;
import io.fmviz.image.MapBytes;
import io.fmviz.network.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the network made of a picture, reduced to what a page shows of it. */
final class Answer {
  /** A map's state, one bit each. */
  private static final int DEAD = 1;

  private static final int NOT_NUMBERS = 2;
  private static final int OFF = 4;

  private final ForwardPass pass;
  private final ServedLayers layers;
  private final View view;
  private final Packed packed = new Packed();

  /**
   * An answer, as JSON; whole numbers that say where are places of arrays.
   *
   * @param picture by which number it can be asked for again
   * @param logits where they are, float32; null where there are none
   */
  record Header(
      long picture,
      Seen seen,
      Integer logits,
      List<LayerRow> layers,
      List<Maps> maps,
      Chosen chosen) {}

  /**
   * What the network sees, {@code (height, width, channels)} bytes.
   *
   * @param channels 1 for grey, 3 for colours
   */
  record Seen(int at, int channels, int height, int width) {}

  /**
   * A layer.
   *
   * @param dead how many of its maps are, for this picture
   * @param notNumbers how many values are NaN or infinite; null for none
   * @param histogram where it is; null for a layer that is not in view, as the mean
   */
  record LayerRow(
      int layer,
      float low,
      float high,
      int dead,
      Long notNumbers,
      Integer histogram,
      MapData mean) {}

  /** One map, {@code (height, width)} bytes that go from low to high. */
  record MapData(int at, int height, int width, float low, float high) {}

  /**
   * Some maps of a layer, {@code (count, height, width)} bytes.
   *
   * @param states one byte a map
   * @param ranges float32, low and high of each map; null if all have the layer's
   */
  record Maps(
      int layer, int first, int count, int height, int width, int at, int states, Integer ranges) {}

  /** The map that is shown large, with all its values. */
  record Chosen(
      int layer, int map, MapData values, double mean, int state, int notNumbers, int histogram) {}

  private Answer(ForwardPass pass, ServedLayers layers, View view) {
    this.pass = pass;
    this.layers = layers;
    this.view = view;
  }

  /** As a reply. */
  static Reply of(ForwardPass pass, ServedLayers layers, View view) {
    return new Answer(pass, layers, view).reply();
  }

  private Reply reply() {
    Picture seen = pass.picture().images().picture(0);
    Header facts =
        new Header(
            pass.picture().number(),
            new Seen(packed.add(seen.values()), seen.channels(), seen.height(), seen.width()),
            pass.logits().length == 0 ? null : packed.add(pass.logits()),
            rows(),
            view.maps().stream().map(this::maps).toList(),
            view.chosen() == null ? null : chosen(view.chosen()));
    return packed.reply(facts);
  }

  private List<LayerRow> rows() {
    Set<Node> inView = new HashSet<>(view.rows());
    List<LayerRow> rows = new ArrayList<>();
    for (Node node : layers.nodes()) {
      if (pass.outputs().containsKey(node)) {
        rows.add(row(node, inView.contains(node)));
      }
    }
    return rows;
  }

  private LayerRow row(Node node, boolean isInView) {
    Ranges ranges = pass.ranges(node);
    int dead = 0;
    for (int c = 0; c < node.channels(); c++) {
      dead += (state(node, c) & DEAD) == 0 ? 0 : 1;
    }
    float low = ranges.lowest();
    float high = ranges.highest();
    long notNumbers = ranges.allNotNumbers();
    float[] values = pass.outputs().get(node);
    return new LayerRow(
        layers.number(node),
        low,
        high,
        dead,
        notNumbers == 0 ? null : notNumbers,
        isInView ? packed.add(Histogram.of(values, 0, values.length, low, high)) : null,
        isInView ? mean(node, values) : null);
  }

  private int state(Node node, int channel) {
    Ranges ranges = pass.ranges(node);
    boolean hasNumbers = ranges.notNumbers()[channel] == 0;
    boolean isDead =
        hasNumbers
            && node.deadRule()
                .filter(s -> s.isDead(ranges.low()[channel], ranges.high()[channel]))
                .isPresent();
    boolean isOff = pass.off().has(layers.number(node), channel);
    return (isDead ? DEAD : 0) | (hasNumbers ? 0 : NOT_NUMBERS) | (isOff ? OFF : 0);
  }

  private MapData mean(Node node, float[] values) {
    float[] mean = Shrunk.meanOfChannels(values, node.channels());
    return part(Shrunk.of(mean, 0, node.height(), node.width(), view.look().side()));
  }

  private MapData part(Shrunk map) {
    Ranges range = Ranges.of(map.values(), 1);
    byte[] levels = new byte[map.values().length];
    MapBytes.quantize(map.values(), 0, levels.length, range.low()[0], range.high()[0], levels, 0);
    return new MapData(
        packed.add(levels), map.height(), map.width(), range.low()[0], range.high()[0]);
  }

  private Maps maps(View.Some some) {
    Node node = some.node();
    float[] scales = scales(some);
    int step = Shrunk.step(node.height(), node.width(), view.look().side());
    int height = (node.height() + step - 1) / step;
    int width = (node.width() + step - 1) / step;
    byte[] levels = new byte[some.count() * height * width];
    byte[] states = new byte[some.count()];
    for (int i = 0; i < some.count(); i++) {
      states[i] = (byte) state(node, some.first() + i);
      write(node, some.first() + i, scales[2 * i], scales[2 * i + 1], levels, i * height * width);
    }
    return new Maps(
        layers.number(node),
        some.first(),
        some.count(),
        height,
        width,
        packed.add(levels),
        packed.add(states),
        view.look().isOwnScale() ? packed.add(scales) : null);
  }

  /** Low and high of each map. */
  private float[] scales(View.Some some) {
    Ranges ranges = pass.ranges(some.node());
    float low = ranges.lowest();
    float high = ranges.highest();
    float[] scales = new float[2 * some.count()];
    for (int i = 0; i < some.count(); i++) {
      boolean own = view.look().isOwnScale();
      scales[2 * i] = own ? ranges.low()[some.first() + i] : low;
      scales[2 * i + 1] = own ? ranges.high()[some.first() + i] : high;
    }
    return scales;
  }

  private void write(Node node, int channel, float low, float high, byte[] target, int at) {
    float[] values = pass.outputs().get(node);
    int size = node.height() * node.width();
    int side = view.look().side();
    if (Math.max(node.height(), node.width()) <= side) {
      MapBytes.quantize(values, channel * size, size, low, high, target, at);
    } else {
      Shrunk map = Shrunk.of(values, channel * size, node.height(), node.width(), side);
      MapBytes.quantize(map.values(), 0, map.values().length, low, high, target, at);
    }
  }

  private Chosen chosen(ServedLayers.One one) {
    Node node = one.node();
    int size = node.height() * node.width();
    float[] values = pass.outputs().get(node);
    int from = one.channel() * size;
    Ranges ranges = pass.ranges(node);
    float low = ranges.low()[one.channel()];
    float high = ranges.high()[one.channel()];
    byte[] levels = new byte[size];
    MapBytes.quantize(values, from, size, low, high, levels, 0);
    double sum = 0;
    for (int i = from; i < from + size; i++) {
      sum += values[i];
    }
    return new Chosen(
        layers.number(node),
        one.channel(),
        new MapData(packed.add(levels), node.height(), node.width(), low, high),
        sum / size,
        state(node, one.channel()),
        ranges.notNumbers()[one.channel()],
        packed.add(Histogram.of(values, from, from + size, low, high)));
  }
}
