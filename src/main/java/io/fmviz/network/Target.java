package io.fmviz.network;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Numbers;
import io.fmviz.base.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A value of what a network makes, of which gradients are taken: a class's of its answer, or some
 * of an output.
 *
 * @param label the class, from 0; null where an output is meant
 * @param output its name; null where a class is meant
 * @param indices NumPy's, one for each dimension, the batch of one image too; what is left out has
 *     all
 * @param sums whether several values are added; else the largest counts
 */
public record Target(Integer label, String output, List<String> indices, boolean sums) {
  private static final String WHAT =
      "takes NumPy's indices behind an output's name, boxes[0,4,:] say, not ";

  public Target {
    indices = List.copyOf(indices);
  }

  /** A class's value, as {@link Network#scores} has them. */
  public static Target ofClass(int label) {
    return new Target(label, null, List.of(), false);
  }

  /**
   * Some values of an output: {@code boxes[0,4,:]}, or all of it by its name alone.
   *
   * @throws InvalidValueException if that isn't written so
   */
  public static Target of(String text, boolean sums) {
    int at = text.endsWith("]") ? text.lastIndexOf('[') : text.length();
    if (at <= 0) {
      throw new InvalidValueException("target", WHAT + UserException.oneLine(text));
    }
    String inside = at == text.length() ? "" : text.substring(at + 1, text.length() - 1).strip();
    List<String> indices = inside.isEmpty() ? List.of() : List.of(inside.split(",", -1));
    List<String> stripped = indices.stream().map(String::strip).toList();
    if (!stripped.stream()
        .allMatch(one -> one.matches("\\.\\.\\.|-?\\d{1,9}|(-?\\d{0,9}:){1,2}-?\\d{0,9}"))) {
      throw new InvalidValueException("target", WHAT + UserException.oneLine(text));
    }
    return new Target(null, text.substring(0, at), stripped, sums);
  }

  /** As it is written. */
  @Override
  public String toString() {
    return label != null
        ? String.valueOf(label)
        : output + (indices.isEmpty() ? "" : "[" + String.join(",", indices) + "]");
  }

  /**
   * Where the values are, row by row.
   *
   * @param shape of the output, with the batch
   * @throws InvalidValueException if there are none
   */
  public int[] places(long[] shape) {
    int[] places = {0};
    List<String> all = full(shape);
    for (int d = 0; d < shape.length; d++) {
      int side = Math.toIntExact(shape[d]);
      int[] chosen = chosen(all.get(d), side, shape);
      int[] next = new int[places.length * chosen.length];
      for (int i = 0; i < next.length; i++) {
        next[i] = places[i / chosen.length] * side + chosen[i % chosen.length];
      }
      places = next;
    }
    return places;
  }

  private List<String> full(long[] shape) {
    List<String> full = new ArrayList<>(indices);
    int dots = full.indexOf("...");
    int place = dots < 0 ? full.size() : dots;
    if (dots >= 0) {
      full.remove(dots);
    }
    if (full.contains("...")) {
      throw no("has ... more than once");
    }
    if (full.size() > shape.length) {
      throw no("has too many indices: the output has " + Numbers.count(shape.length, "dimension"));
    }
    while (full.size() < shape.length) {
      full.add(place, ":");
    }
    return full;
  }

  private int[] chosen(String index, int side, long[] shape) {
    String[] parts = index.split(":", -1);
    if (parts.length == 1) {
      int place = Integer.parseInt(index);
      if (place < -side || place >= side) {
        throw no(
            "has index %d where the output %s has %d"
                .formatted(place, Arrays.toString(shape), side));
      }
      return new int[] {Math.floorMod(place, side)};
    }
    int step = parts.length < 3 || parts[2].isEmpty() ? 1 : Integer.parseInt(parts[2]);
    if (step == 0) {
      throw no("has a step of 0");
    }
    int first = end(parts[0], side, step, step > 0 ? 0 : side - 1);
    int last = end(parts[1], side, step, step > 0 ? side : -1);
    int count = Math.max(0, Math.floorDiv(last - first + step - Integer.signum(step), step));
    if (count == 0) {
      throw no("chooses no value of the output " + Arrays.toString(shape));
    }
    int[] chosen = new int[count];
    Arrays.setAll(chosen, i -> first + i * step);
    return chosen;
  }

  private static int end(String text, int side, int step, int otherwise) {
    if (text.isEmpty()) {
      return otherwise;
    }
    int place = Integer.parseInt(text);
    int counted = place < 0 ? place + side : place;
    return step > 0
        ? Math.max(0, Math.min(side, counted))
        : Math.max(-1, Math.min(side - 1, counted));
  }

  private InvalidValueException no(String why) {
    return new InvalidValueException("target", UserException.oneLine(this + " " + why));
  }
}
