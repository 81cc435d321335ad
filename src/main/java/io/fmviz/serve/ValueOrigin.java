package io.fmviz.serve;

import io.fmviz.network.InputForm;
import io.fmviz.network.Kernel;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Window;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Where one value of a map comes from: for a convolution, kernel times window, channel by channel
 * of what it reads; for what takes each channel alone, as an activation or a pooling, the window.
 */
final class ValueOrigin {
  /** Channels that are told one by one. */
  private static final int MOST_TERMS = 6;

  private static final int MOST_WINDOW = 400;

  /** What takes each value alone, beside activations. */
  private static final Set<String> ALONE = Set.of("BatchNorm2d", "Dropout", "Identity");

  private final Network network;
  private final ServedLayers layers;
  private final ForwardPass pass;

  /**
   * What makes a value.
   *
   * @param value null if it is NaN or infinite
   * @param terms the strongest of the channels that are read, by their sums' sizes
   * @param others the sum of the channels that are not among these; null where there are none
   * @param rest what the value is beside all sums: the bias; null where there are no sums
   * @param from the one value that this one is made from, of a pooling the largest of its window;
   *     null where it is made from several
   */
  record Explanation(
      int layer,
      int map,
      int row,
      int column,
      Float value,
      List<Term> terms,
      Double others,
      Double rest,
      Explanation from) {}

  /**
   * One channel's part.
   *
   * @param layer that is read; null for the picture
   * @param sum of kernel times window; null where there is no kernel
   * @param window {@code (size, size)}; beyond the edge zeros under a kernel, else NaN for nothing
   * @param kernel likewise; null where there is none
   */
  record Term(Integer layer, int channel, int size, Double sum, float[] window, float[] kernel) {}

  /** What a node reads. */
  private record InputMaps(Integer layer, int channels, int height, int width, float[] values) {
    boolean has(int row, int column) {
      return row >= 0 && row < height && column >= 0 && column < width;
    }

    float at(int channel, int row, int column) {
      return values[(channel * height + row) * width + column];
    }
  }

  /** Where a window begins, and how far apart what it takes is. */
  private record WindowAt(int top, int left, int size, int step) {}

  ValueOrigin(Network network, ServedLayers layers, ForwardPass pass) {
    this.network = network;
    this.layers = layers;
    this.pass = pass;
  }

  /** What is needed of the network for a node's values: it, what it reads, and so on down. */
  static List<Node> needed(Node node) {
    List<Node> needed = new ArrayList<>(List.of(node));
    node.inputs().stream().filter(Node::hasMaps).forEach(needed::add);
    if (isOfOne(node) && needed.size() > 1) {
      needed.addAll(needed(needed.remove(1)));
    }
    return needed;
  }

  /** Whether each value is made from one value of the same channel, which may be known. */
  private static boolean isOfOne(Node node) {
    return node.inputs().size() == 1 && (isPointwise(node) || isLargest(node));
  }

  private static boolean isPointwise(Node node) {
    return node.window().filter(Window.POINT::equals).isPresent()
        && (node.kind() == Node.Kind.ACTIVATION || ALONE.contains(node.type()));
  }

  private static boolean isLargest(Node node) {
    return node.type().startsWith("MaxPool") && node.window().isPresent();
  }

  Explanation of(ServedLayers.One one, int row, int column) {
    Node node = one.node();
    Query.refuseUnless(row < node.height() && column < node.width(), "the map is smaller");
    float value =
        pass.outputs().get(node)[(one.channel() * node.height() + row) * node.width() + column];
    List<Term> all = terms(one, row, column);
    boolean hasSums = !all.isEmpty() && all.get(0).sum() != null;
    List<Term> shown = all.subList(0, Math.min(MOST_TERMS, all.size()));
    double sum = all.stream().mapToDouble(term -> hasSums ? term.sum() : 0).sum();
    double others =
        all.stream().skip(shown.size()).mapToDouble(term -> hasSums ? term.sum() : 0).sum();
    boolean isOff = pass.off().has(layers.number(node), one.channel());
    return new Explanation(
        layers.number(node),
        one.channel(),
        row,
        column,
        value,
        isOff ? List.of() : shown,
        hasSums && !isOff && all.size() > shown.size() ? others : null,
        hasSums && !isOff ? value - sum : null,
        isOff || !isOfOne(node) ? null : from(one, row, column, value));
  }

  private Explanation from(ServedLayers.One one, int row, int column, float value) {
    Node node = one.node();
    Node input = node.inputs().get(0);
    InputMaps read = read(node);
    if (read == null || read.channels() != node.channels()) {
      return null;
    }
    ServedLayers.One below = new ServedLayers.One(input, one.channel());
    if (isPointwise(node)) {
      return of(below, row, column);
    }
    Window window = node.window().orElseThrow();
    int top = row * window.stride() - window.padding();
    int left = column * window.stride() - window.padding();
    // Of equal values the first, as PyTorch has it. A pooling with gaps may have another.
    for (int y = Math.max(0, top); y < Math.min(read.height(), top + window.kernel()); y++) {
      for (int x = Math.max(0, left); x < Math.min(read.width(), left + window.kernel()); x++) {
        if (read.at(one.channel(), y, x) == value) {
          return of(below, y, x);
        }
      }
    }
    return null;
  }

  /** The channels that are read, the strongest first; none where that isn't known. */
  private List<Term> terms(ServedLayers.One one, int row, int column) {
    Node node = one.node();
    Window window = node.window().orElse(null);
    InputMaps read = read(node);
    if (window == null || read == null || window.kernel() > 32) {
      return List.of();
    }
    int top = row * window.stride() - window.padding();
    int left = column * window.stride() - window.padding();
    Kernel kernel = network.kernel(node).orElse(null);
    if (kernel != null) {
      int size = kernel.shape()[2];
      int step = size > 1 ? (window.kernel() - 1) / (size - 1) : 1;
      return sums(kernel, one.channel(), read, new WindowAt(top, left, size, step));
    }
    if (read.channels() != node.channels()) {
      return List.of();
    }
    WindowAt place = new WindowAt(top, left, window.kernel(), 1);
    float[] taken = window(read, one.channel(), place, Float.NaN);
    return List.of(new Term(read.layer(), one.channel(), place.size(), null, taken, null));
  }

  private List<Term> sums(Kernel kernel, int map, InputMaps read, WindowAt place) {
    int[] shape = kernel.shape();
    int groups = read.channels() / shape[1];
    if (shape[2] != shape[3] || groups < 1 || shape[2] * shape[3] > MOST_WINDOW) {
      return List.of();
    }
    int first = map / Math.max(1, shape[0] / groups) * shape[1];
    int size = shape[2] * shape[3];
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < shape[1]; i++) {
      float[] weights = new float[size];
      System.arraycopy(kernel.values(), (map * shape[1] + i) * size, weights, 0, size);
      float[] taken = window(read, first + i, place, 0);
      double sum = 0;
      for (int k = 0; k < size; k++) {
        sum += (double) weights[k] * taken[k];
      }
      terms.add(new Term(read.layer(), first + i, shape[2], sum, taken, weights));
    }
    terms.sort(Comparator.comparingDouble(ValueOrigin::smallness));
    return terms;
  }

  /** Terms that are not finite come first: they are why the value isn't. */
  private static double smallness(Term term) {
    return Double.isFinite(term.sum()) ? -Math.abs(term.sum()) : Double.NEGATIVE_INFINITY;
  }

  private static float[] window(InputMaps read, int channel, WindowAt place, float beyond) {
    float[] taken = new float[place.size() * place.size()];
    for (int y = 0; y < place.size(); y++) {
      for (int x = 0; x < place.size(); x++) {
        int row = place.top() + y * place.step();
        int column = place.left() + x * place.step();
        taken[y * place.size() + x] =
            read.has(row, column) ? read.at(channel, row, column) : beyond;
      }
    }
    return taken;
  }

  /** Null where a node reads several, or what has no maps. */
  private InputMaps read(Node node) {
    if (node.inputs().isEmpty()) {
      InputForm form = network.input();
      FloatBuffer values = FloatBuffer.allocate(Math.toIntExact(form.size()));
      pass.picture().images().copyTo(values, 0);
      return new InputMaps(null, form.channels(), form.height(), form.width(), values.array());
    }
    Node input = node.inputs().get(0);
    return node.inputs().size() > 1 || !pass.outputs().containsKey(input)
        ? null
        : new InputMaps(
            layers.number(input),
            input.channels(),
            input.height(),
            input.width(),
            pass.outputs().get(input));
  }
}
