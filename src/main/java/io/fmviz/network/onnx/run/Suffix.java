package io.fmviz.network.onnx.run;

import io.fmviz.network.Node;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.Edit;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.GraphInput;
import io.fmviz.network.onnx.graph.GraphWalk;
import io.fmviz.network.onnx.graph.IntermediateOutput;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.layers.LayeredGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What comes after a node, up to the logits, as a graph of its own: another output of the node
 * costs only what comes behind.
 *
 * @param others the tensors that go in beside the node's output, made before the node or past it
 */
record Suffix(List<String> others, Edit edit) {
  /** Nothing where the node's output goes into nothing that reaches the logits. */
  static Optional<Suffix> of(LayeredGraph layered, Node node) {
    if (layered.logits().isEmpty()) {
      return Optional.empty();
    }
    Graph graph = layered.editor().graph();
    IntermediateOutput from = layered.place(node).output();
    IntermediateOutput logits = layered.place(layered.logits().get()).output();
    GraphWalk walk = new GraphWalk(graph);
    Set<Op> ops = new HashSet<>(walk.after(from.tensor()));
    ops.retainAll(walk.before(List.of(logits.tensor()), Set.of()));
    if (ops.isEmpty()) {
      return Optional.empty();
    }
    Set<String> made = new HashSet<>(Set.of(from.tensor()));
    ops.forEach(op -> made.addAll(op.outputs()));
    List<String> others = others(graph, ops, made);
    List<GraphInput> inputs = new ArrayList<>();
    int batch = layered.found().batch();
    inputs.add(GraphInput.floats(from, batch, node.shape()));
    for (String other : others) {
      ElementType type = layered.found().types().getOrDefault(other, ElementType.OTHER);
      boolean isImages = other.equals(layered.input().output().tensor());
      inputs.add(isImages ? layered.input() : GraphInput.asIs(other, type));
    }
    Edit edit = Edit.NONE.withOutputs(List.of(logits)).withInputs(inputs);
    return Optional.of(new Suffix(others, edit));
  }

  /** What is read but not made there, and comes from the images. */
  private static List<String> others(Graph graph, Set<Op> ops, Set<String> made) {
    Set<String> fromImages = graph.fromPictures();
    fromImages.add(graph.input().getName());
    Set<String> others = new LinkedHashSet<>();
    for (Op op : graph.ops()) {
      if (ops.contains(op)) {
        others.addAll(op.reads());
      }
    }
    others.removeAll(made);
    others.retainAll(fromImages);
    return List.copyOf(others);
  }
}
