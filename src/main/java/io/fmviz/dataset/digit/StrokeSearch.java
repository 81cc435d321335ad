package io.fmviz.dataset.digit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Selects the connected components that are a digit's strokes. */
final class StrokeSearch {
  /** How often components along the border are removed, and the rest labelled anew. */
  private static final int ROUNDS = 3;

  /** The least ratio of the strokes' extent to that of what was removed along the border, */
  private static final double SIZE = 0.05;

  /** and of their contrast to that of what was found before. */
  private static final double CONTRAST = 0.12;

  /**
   * A part of at least this share of the main one's extent belongs to the digit, wherever it is;
   */
  private static final double LARGE = 0.2;

  /** one of at least this share does if its gap is at most {@link #NEAR} of that extent. */
  private static final double SMALL = 0.08;

  private static final double NEAR = 0.1;

  /** The least ratio of a part's contrast to the main one's. */
  private static final double BRIGHT = 0.4;

  /**
   * The dilation that closes gaps in strokes, such as a pencil's, as a share of the longer side.
   */
  private static final double GAP = 1 / 500.0;

  private final Foreground lifted;
  private final int longer;

  private StrokeSearch(Foreground lifted) {
    this.lifted = lifted;
    this.longer = Math.max(lifted.picture().height(), lifted.picture().width());
  }

  /** Finds the strokes; no parts if everything is ground. */
  static Strokes in(Foreground lifted) {
    return new StrokeSearch(lifted).find();
  }

  private Strokes find() {
    GrayRaster picture = lifted.picture();
    Components all = components(picture);
    Strokes whole = strokes(picture, all.labels(), all.all(), 0);
    int erased = 0;
    int largest = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<Component> border = all.all().stream().filter(Component::isOfTheBorder).toList();
      if (border.isEmpty()) {
        break;
      }
      largest = Math.max(largest, border.stream().mapToInt(Component::extent).max().orElse(0));
      erased += border.stream().mapToInt(Component::area).sum();
      picture = without(picture, all.labels(), border);
      all = components(picture);
    }
    List<Component> inner = all.all().stream().filter(c -> !c.isOfTheBorder()).toList();
    whole = new Strokes(whole.lifted(), whole.labels(), whole.parts(), erased);
    if (erased == 0 || inner.isEmpty()) {
      return whole;
    }
    Strokes rest = strokes(picture, all.labels(), inner, erased);
    boolean isDigit =
        rest.extent() >= SIZE * largest && brightness(rest) >= CONTRAST * brightness(whole);
    return isDigit ? rest : whole;
  }

  private Components components(GrayRaster picture) {
    float high = GrayHistogram.above(lifted.floor(), picture.values()).threshold();
    high = Math.max(high, lifted.floor());
    float low = Math.max(lifted.floor(), high / 2);
    return Components.of(picture, low, high, (int) (GAP * longer));
  }

  private static double brightness(Strokes strokes) {
    Component main = strokes.parts().get(0);
    return main.mass() / main.area();
  }

  /** The picture with some components, dilated over their soft edges, set to ground. */
  private GrayRaster without(GrayRaster picture, int[] labels, List<Component> components) {
    boolean[] isOut = new boolean[labels.length + 1];
    components.forEach(c -> isOut[c.label()] = true);
    float[] out = new float[labels.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = isOut[labels[i]] ? 1 : 0;
    }
    GrayRaster mask = new GrayRaster(picture.height(), picture.width(), out);
    float[] grown = WindowFilters.maximum(mask, Math.max(1, longer / 200)).values();
    float[] values = picture.values().clone();
    for (int i = 0; i < values.length; i++) {
      // Soft edges only: a near stroke stays.
      if (grown[i] > 0 && (out[i] > 0 || labels[i] == 0)) {
        values[i] = 0;
      }
    }
    return new GrayRaster(picture.height(), picture.width(), values);
  }

  private Strokes strokes(
      GrayRaster picture, int[] labels, List<Component> components, int erased) {
    Foreground rest = new Foreground(picture, lifted.floor(), lifted.range(), lifted.even());
    return new Strokes(rest, labels, parts(components), erased);
  }

  /** The digit's components: that of the largest weight first, then what belongs to it. */
  private static List<Component> parts(List<Component> components) {
    List<Component> parts = new ArrayList<>();
    components.stream().max(Comparator.comparingDouble(StrokeSearch::weight)).ifPresent(parts::add);
    for (Component component : components) {
      if (!component.equals(parts.get(0)) && belongs(component, parts.get(0))) {
        parts.add(component);
      }
    }
    return parts;
  }

  /** The mass; less at the border, where it may be a corner of a shadow. */
  private static double weight(Component component) {
    return component.contact() > 0 ? component.mass() / 4 : component.mass();
  }

  private static boolean belongs(Component part, Component main) {
    if (part.contact() > 0 && main.contact() == 0) {
      return false;
    }
    if (part.mass() / part.area() < BRIGHT * main.mass() / main.area()) {
      return false;
    }
    double share = (double) part.extent() / main.extent();
    return share >= LARGE || (share >= SMALL && part.gap(main) <= NEAR * main.extent());
  }
}
