package io.fmviz.network.onnx.run;

import io.fmviz.network.Node;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.GraphWalk;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.layers.LayeredGraph;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What comes after a node, up to the logits.
 *
 * @param node whose output goes in
 * @param others the tensors that go in beside it, made before the node or past it
 */
record Tail(Node node, List<String> others) {
  static Tail of(LayeredGraph layered, Node node) {
    Graph graph = layered.editor().graph();
    GraphWalk walk = new GraphWalk(graph);
    String from = layered.place(node).tap().tensor();
    Set<Op> ops = new HashSet<>(walk.after(from));
    String logits = layered.place(layered.logits().orElseThrow()).tap().tensor();
    ops.retainAll(walk.before(List.of(logits), Set.of()));
    Set<String> made = new HashSet<>(Set.of(from));
    ops.forEach(op -> made.addAll(op.outputs()));
    Set<String> fromPictures = graph.fromPictures();
    fromPictures.add(graph.input().getName());
    Set<String> others = new LinkedHashSet<>();
    for (Op op : graph.ops()) {
      if (ops.contains(op)) {
        others.addAll(op.reads());
      }
    }
    others.removeAll(made);
    others.retainAll(fromPictures);
    return new Tail(node, List.copyOf(others));
  }
}
