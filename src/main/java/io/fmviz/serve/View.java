package io.fmviz.serve;

import io.fmviz.network.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of an answer a page shows.
 *
 * @param rows layers that are seen as a row
 * @param maps those of unfolded layers that are seen
 * @param chosen the map that is shown large; null for none
 * @param isOwnScale whether each map has a range of its own, else a layer's maps have one
 */
record View(List<Node> rows, List<Some> maps, ServedLayers.One chosen, boolean isOwnScale) {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,6})-(\\d{1,6})");
  private static final int MOST_ROWS = 1000;
  private static final int MOST_MAPS = 4096;

  /** Some maps of a layer. */
  record Some(Node node, int first, int count) {}

  static View of(Query query, ServedLayers layers) {
    return new View(
        rows(query.text("rows"), layers),
        maps(query.text("maps"), layers),
        query.text("map").isEmpty() ? null : layers.one(query.text("map")),
        query.text("scale").equals("map"));
  }

  private static List<Node> rows(String text, ServedLayers layers) {
    List<Node> rows = new ArrayList<>();
    if (!text.isEmpty()) {
      for (String range : text.split(",", -1)) {
        int[] ends = ends(range);
        Query.refuseUnless(ends[1] - ends[0] < MOST_ROWS, "too many rows");
        for (int row = ends[0]; row <= ends[1]; row++) {
          rows.add(layers.node(row));
        }
      }
    }
    return rows;
  }

  private static int[] ends(String range) {
    Matcher parts = RANGE.matcher(range);
    Query.refuseUnless(parts.matches(), "a range is written as 3-17");
    int[] ends = {Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2))};
    Query.refuseUnless(ends[0] <= ends[1], "a range goes upwards");
    return ends;
  }

  /** {@code 3:0-31,5:16-47}. */
  private static List<Some> maps(String text, ServedLayers layers) {
    List<Some> maps = new ArrayList<>();
    int all = 0;
    if (!text.isEmpty()) {
      for (String each : text.split(",", -1)) {
        String[] parts = each.split(":", -1);
        Query.refuseUnless(parts.length == 2, "maps are named as 3:0-31");
        Node node = layers.node(Query.number("layer", parts[0], 0, Integer.MAX_VALUE));
        int[] ends = ends(parts[1]);
        int last = Math.min(ends[1], node.channels() - 1);
        Query.refuseUnless(ends[0] <= last, "a layer has no such maps");
        maps.add(new Some(node, ends[0], last - ends[0] + 1));
        all += last - ends[0] + 1;
        Query.refuseUnless(all <= MOST_MAPS, "too many maps");
      }
    }
    return maps;
  }

  /** The layers that are needed for it. */
  Set<Node> nodes() {
    Set<Node> nodes = new LinkedHashSet<>(rows);
    maps.forEach(some -> nodes.add(some.node()));
    if (chosen != null) {
      nodes.add(chosen.node());
    }
    return nodes;
  }
}
