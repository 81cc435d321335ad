package io.fmviz.forward;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Layers chosen by name ({@code Conv2d_2}), glob ({@code ReLU_*}, {@code Conv2d_?}) or type ({@code
 * Conv2d}). An entry that chooses nothing is an error:
 *
 * <pre>{@code
 * LayerSelection.of(List.of("Conv2d_2,ReLU")).choose(ForwardListeners.layersOf(net));
 * // [Conv2d_2, ReLU_1, ReLU_2, ReLU_3]
 * }</pre>
 *
 * @param entries names, globs and types, at least one, none of them blank
 */
public record LayerSelection(List<String> entries) {
  public LayerSelection {
    if (entries.isEmpty() || entries.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "a selection of layers takes names, globs and types with commas between them, such as"
              + " Conv2d_2,ReLU_*,MaxPool2d; it has an empty entry");
    }
    entries = List.copyOf(entries);
  }

  /** The selection of some lists with commas between their entries. */
  public static LayerSelection of(List<String> lists) {
    return new LayerSelection(
        lists.stream()
            .flatMap(list -> Arrays.stream(list.split(",", -1)))
            .map(String::strip)
            .toList());
  }

  /** Whether an entry is the layer's name or type, or a glob that fits either. */
  public boolean matches(Layer layer) {
    return entries.stream().anyMatch(entry -> matches(entry, layer));
  }

  /**
   * The chosen ones of some layers, in their order.
   *
   * @throws IllegalArgumentException if an entry chooses none; the message lists the layers
   */
  public List<Layer> choose(List<Layer> layers) {
    for (String entry : entries) {
      if (layers.stream().noneMatch(layer -> matches(entry, layer))) {
        throw new IllegalArgumentException(
            "there is no layer %s; there are %s"
                .formatted(
                    entry, layers.stream().map(Layer::name).collect(Collectors.joining(", "))));
      }
    }
    return layers.stream().filter(this::matches).toList();
  }

  private static boolean matches(String entry, Layer layer) {
    Pattern glob = glob(entry);
    return glob.matcher(layer.name()).matches() || glob.matcher(layer.type()).matches();
  }

  /** An asterisk stands for any text, a question mark for one character, all else for itself. */
  private static Pattern glob(String entry) {
    return Pattern.compile(
        entry
            .chars()
            .mapToObj(
                c ->
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    })
            .collect(Collectors.joining()));
  }
}
