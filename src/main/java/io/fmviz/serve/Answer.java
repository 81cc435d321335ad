package io.fmviz.serve;

import io.fmviz.dataset.Picture;
import io.fmviz.dataset.digit.DigitForm;
import io.fmviz.image.MapBytes;
import io.fmviz.image.MapRange;
import io.fmviz.network.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** What the network made of a picture, reduced to what a page shows of it. */
final class Answer {
  /** The longest side of maps, but for the one that is shown large. */
  private static final int LONGEST_SIDE = 64;

  /** What the page's scripts must know of answers. */
  static final Format FORMAT = new Format(Histogram.BARS, 1, 2, 4);

  /**
   * The numbers of an answer.
   *
   * @param bars of a histogram
   * @param dead the bit of a map's state that says so
   * @param nonFinite the bit of a map that has non-finite values
   * @param off the bit of a map that is switched off
   */
  record Format(int bars, int dead, int nonFinite, int off) {}

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
   * @param digit how it was made of a picture with a digit; null for others
   */
  record Seen(int at, int channels, int height, int width, DigitForm digit) {}

  /**
   * A layer.
   *
   * @param dead how many of its maps are, for this picture
   * @param nonFinite how many values are NaN or infinite; null for none
   * @param histogram where it is; null for a layer that is not in view, as the mean
   */
  record LayerRow(int layer, int dead, Long nonFinite, Integer histogram, Block mean) {}

  /** Where some maps are, as {@link MapBytes}. */
  record Block(int at, int count, int height, int width) {}

  /**
   * Some maps of a layer.
   *
   * @param states one byte a map
   * @param isOwnScale whether each has its own range, else all have the layer's
   */
  record Maps(int layer, int first, Block block, int states, boolean isOwnScale) {}

  /** The map that is shown large, with all its values. */
  record Chosen(int layer, int map, Block block, int state, long nonFinite, int histogram) {}

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
            new Seen(
                packed.add(seen.values()),
                seen.channels(),
                seen.height(),
                seen.width(),
                pass.picture().one().digit()),
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
    MapRange range = pass.ranges(node).layer();
    int dead = 0;
    for (int c = 0; c < node.channels(); c++) {
      dead += (state(node, c) & FORMAT.dead()) == 0 ? 0 : 1;
    }
    float[] values = pass.outputs().get(node);
    return new LayerRow(
        layers.number(node),
        dead,
        range.isFinite() ? null : range.nonFinite(),
        isInView ? packed.add(Histogram.of(values, 0, values.length, range)) : null,
        isInView ? mean(node, values) : null);
  }

  private int state(Node node, int channel) {
    MapRange range = pass.ranges(node).maps()[channel];
    boolean isDead =
        range.isFinite()
            && node.deadRule()
                .filter(rule -> rule.isDead(range.minimum(), range.maximum()))
                .isPresent();
    boolean isOff = pass.off().has(layers.number(node), channel);
    return (isDead ? FORMAT.dead() : 0)
        | (range.isFinite() ? 0 : FORMAT.nonFinite())
        | (isOff ? FORMAT.off() : 0);
  }

  /** How the maps of a layer are sent. */
  static MapBytes form(Node node) {
    return MapBytes.within(node.height(), node.width(), LONGEST_SIDE);
  }

  /** The mean of a layer's maps, as a map: non-finite where one of them is. */
  private Block mean(Node node, float[] values) {
    float[] mean = form(node).shrunk(meanOfMaps(values, node.channels()), 0);
    MapBytes form = new MapBytes(form(node).rows(), form(node).columns());
    return block(form, 1, form.of(mean));
  }

  private static float[] meanOfMaps(float[] values, int maps) {
    int size = values.length / maps;
    float[] mean = new float[size];
    for (int map = 0; map < maps; map++) {
      for (int i = 0, at = map * size; i < size; i++, at++) {
        mean[i] += values[at];
      }
    }
    for (int i = 0; i < size; i++) {
      mean[i] /= maps;
    }
    return mean;
  }

  private Block block(MapBytes form, int count, byte[] bytes) {
    return new Block(packed.add(bytes), count, form.rows(), form.columns());
  }

  private Maps maps(View.Some some) {
    Node node = some.node();
    LayerRanges ranges = pass.ranges(node);
    int end = some.first() + some.count();
    int[] chosen = IntStream.range(some.first(), end).toArray();
    byte[] states = new byte[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      states[i] = (byte) state(node, chosen[i]);
    }
    byte[] bytes =
        form(node)
            .of(
                pass.outputs().get(node),
                chosen,
                Arrays.copyOfRange(ranges.maps(), some.first(), end),
                view.isOwnScale() ? null : ranges.layer());
    return new Maps(
        layers.number(node),
        some.first(),
        block(form(node), chosen.length, bytes),
        packed.add(states),
        view.isOwnScale());
  }

  private Chosen chosen(ServedLayers.One one) {
    Node node = one.node();
    float[] values = pass.outputs().get(node);
    int size = node.height() * node.width();
    int from = one.channel() * size;
    MapRange range = pass.ranges(node).maps()[one.channel()];
    MapBytes form = new MapBytes(node.height(), node.width());
    int[] channel = {one.channel()};
    byte[] bytes = form.of(values, channel, new MapRange[] {range}, null);
    return new Chosen(
        layers.number(node),
        one.channel(),
        block(form, 1, bytes),
        state(node, one.channel()),
        range.nonFinite(),
        packed.add(Histogram.of(values, from, from + size, range)));
  }
}
