package io.fmviz.probe;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Nearest;
import io.fmviz.base.Settings;
import io.fmviz.network.Node;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Layers chosen by name ({@code Conv2d_2}), type ({@code Conv2d}), path ({@code net.0}) or the path
 * of a container, for all below it ({@code net}); each may be a glob ({@code ReLU_*}, {@code
 * layer?.conv1}). The names that a file has for tensors and operators, as Netron shows them, choose
 * their layer where none of fmviz's own is called so. An entry that chooses nothing is an error:
 *
 * <pre>{@code
 * LayerSelection.of(List.of("Conv2d_2,ReLU")).choose(network.nodes());
 * // [Conv2d_2, ReLU_1, ReLU_2, ReLU_3]
 * }</pre>
 *
 * @param entries at least one, none of them blank
 */
public record LayerSelection(List<String> entries) {
  /** So many layers are listed where there is none of a name; of more, some. */
  private static final int MOST_NAMES = 12;

  private static final int SOME_NAMES = 5;

  public LayerSelection {
    if (entries.isEmpty() || entries.stream().anyMatch(String::isBlank)) {
      throw new InvalidValueException(
          "layers",
          "takes names, paths, globs and types separated by commas, such as"
              + " Conv2d_2,ReLU_*,net.3,MaxPool2d; it has an empty entry");
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

  /** The entries of a selection, as in a manifest; null for none. */
  public static List<String> entriesOf(LayerSelection selection) {
    return selection == null ? null : selection.entries;
  }

  /** Whether an entry fits the node. */
  boolean matches(Node node) {
    return entries.stream().anyMatch(entry -> matches(entry, node));
  }

  /**
   * The chosen ones of some nodes, in their order.
   *
   * @throws InvalidValueException if an entry chooses none; the message lists the nodes, of many
   *     those that are called most alike
   */
  public List<Node> choose(List<Node> nodes) {
    Set<Node> chosen = new HashSet<>();
    for (String entry : entries) {
      List<Node> some = chosen(entry, nodes);
      chosen.addAll(some);
      if (some.isEmpty()) {
        throw new InvalidValueException(
            Settings.named("{layers}: there is no layer %s%s there are %s")
                .formatted(entry, hint(entry, nodes), listed(entry, nodes)));
      }
    }
    return nodes.stream().filter(chosen::contains).toList();
  }

  /** By names of fmviz; where none is called so, by those of the file. */
  private static List<Node> chosen(String entry, List<Node> nodes) {
    List<Node> named = nodes.stream().filter(node -> matches(entry, node)).toList();
    return named.isEmpty() ? nodes.stream().filter(node -> node.isCalled(entry)).toList() : named;
  }

  /** What may have been meant, first what differs in capitals alone; no guess at a number. */
  private static String hint(String entry, List<Node> nodes) {
    Set<String> names = new LinkedHashSet<>();
    nodes.forEach(node -> names.add(node.name()));
    for (Node node : nodes) {
      names.add(node.type());
      containers(node.path()).forEach(names::add);
    }
    String small = entry.toLowerCase(Locale.ROOT);
    List<String> same =
        names.stream()
            .filter(name -> Glob.matches(small, name.toLowerCase(Locale.ROOT)))
            .limit(Nearest.MOST)
            .toList();
    String numberless = numberless(entry).replaceAll("\\W", "?");
    boolean isOtherNumber =
        names.stream().anyMatch(name -> Glob.matches(numberless, numberless(name)));
    List<String> near = isOtherNumber ? List.of() : Nearest.to(entry, names);
    String hint = Nearest.hint(same.isEmpty() ? near : same);
    return hint.isEmpty() ? ";" : hint;
  }

  /** A name with each of its numbers as 0. */
  private static String numberless(String name) {
    return name.replaceAll("\\d+", "0");
  }

  /** All nodes, or of many the five whose names are most alike, as they stand in the network. */
  static String listed(String entry, List<Node> nodes) {
    if (nodes.size() <= MOST_NAMES) {
      return names(nodes);
    }
    List<String> near = Nearest.ranked(entry, nodes.stream().map(Node::name).toList(), SOME_NAMES);
    List<Node> some = nodes.stream().filter(node -> near.contains(node.name())).toList();
    return "%s and %,d more, which fmviz summary lists"
        .formatted(names(some), nodes.size() - some.size());
  }

  public static String names(List<Node> nodes) {
    return nodes.stream().map(Node::name).collect(Collectors.joining(", "));
  }

  private static boolean matches(String entry, Node node) {
    return Glob.matches(entry, node.name())
        || Glob.matches(entry, node.type())
        || Glob.matches(entry, node.path())
        // A container above it.
        || Glob.matches(entry + ".*", node.path());
  }

  /** A path, and those above it. */
  private static Stream<String> containers(String path) {
    return IntStream.iterate(path.length(), end -> end > 0, end -> path.lastIndexOf('.', end - 1))
        .mapToObj(end -> path.substring(0, end));
  }
}
