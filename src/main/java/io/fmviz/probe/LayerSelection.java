package io.fmviz.probe;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Nearest;
import io.fmviz.base.Settings;
import io.fmviz.network.Node;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Layers chosen by name ({@code Conv2d_2}), type ({@code Conv2d}), path ({@code net.0}) or the path
 * of a container, for all below it ({@code net}); each may be a glob ({@code ReLU_*}, {@code
 * layer?.conv1}). An entry that chooses nothing is an error:
 *
 * <pre>{@code
 * LayerSelection.of(List.of("Conv2d_2,ReLU")).choose(network.nodes());
 * // [Conv2d_2, ReLU_1, ReLU_2, ReLU_3]
 * }</pre>
 *
 * @param entries at least one, none of them blank
 */
public record LayerSelection(List<String> entries) {
  public LayerSelection {
    if (entries.isEmpty() || entries.stream().anyMatch(String::isBlank)) {
      throw new InvalidValueException(
          "layers",
          "takes names, paths, globs and types with commas between them, such as"
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
  public boolean matches(Node node) {
    return entries.stream().anyMatch(entry -> matches(entry, node));
  }

  /**
   * The chosen ones of some nodes, in their order.
   *
   * @throws InvalidValueException if an entry chooses none; the message lists the nodes
   */
  public List<Node> choose(List<Node> nodes) {
    for (String entry : entries) {
      if (nodes.stream().noneMatch(node -> matches(entry, node))) {
        throw new InvalidValueException(
            Settings.named("{layers}: there is no layer %s%s there are %s")
                .formatted(entry, hint(entry, nodes), names(nodes)));
      }
    }
    return nodes.stream().filter(this::matches).toList();
  }

  /** What may have been meant, first what differs in capitals alone; no guess at a number. */
  private static String hint(String entry, List<Node> nodes) {
    Set<String> names = new LinkedHashSet<>();
    nodes.forEach(node -> names.add(node.name()));
    for (Node node : nodes) {
      names.add(node.type());
      containers(node.path()).forEach(names::add);
    }
    Pattern glob = Pattern.compile(glob(entry).pattern(), Pattern.CASE_INSENSITIVE);
    List<String> same =
        names.stream().filter(name -> glob.matcher(name).matches()).limit(Nearest.MOST).toList();
    boolean isOtherNumber =
        names.stream()
            .anyMatch(
                name -> name.matches(entry.replaceAll("\\W", ".").replaceAll("\\d+", "\\\\d+")));
    List<String> near = isOtherNumber ? List.of() : Nearest.to(entry, names);
    String hint = Nearest.hint(same.isEmpty() ? near : same);
    return hint.isEmpty() ? ";" : hint;
  }

  static String names(List<Node> nodes) {
    return nodes.stream().map(Node::name).collect(Collectors.joining(", "));
  }

  private static boolean matches(String entry, Node node) {
    Pattern glob = glob(entry);
    return glob.matcher(node.name()).matches()
        || glob.matcher(node.type()).matches()
        || matchesPath(glob, node.path());
  }

  /** Whether the glob fits a path, or that of a container above it. */
  private static boolean matchesPath(Pattern glob, String path) {
    return containers(path).anyMatch(container -> glob.matcher(container).matches());
  }

  /** A path, and those above it. */
  private static Stream<String> containers(String path) {
    return IntStream.iterate(path.length(), end -> end > 0, end -> path.lastIndexOf('.', end - 1))
        .mapToObj(end -> path.substring(0, end));
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
