package io.fmviz.network.onnx;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.fmviz.network.onnx.engine.Engine;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.file.Structure;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.GraphEditor;
import io.fmviz.network.onnx.graph.GraphInput;
import io.fmviz.network.onnx.graph.IntermediateOutput;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.layers.ShapeInference;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is read of a {@link SmallModel}. */
public record ReadGraph(Structure structure, Graph graph, Constants constants) {
  public static ReadGraph of(SmallModel model) {
    Structure structure = Structure.of(model.model(), List.of());
    Graph graph = new Graph(structure);
    return new ReadGraph(structure, graph, new Constants(graph, structure.weights(), Path.of(".")));
  }

  /** The operator that makes a tensor. */
  public Op op(String tensor) {
    return graph.maker(tensor);
  }

  /**
   * Tensors of which nothing is known but that some are maps.
   *
   * @param shapes of those whose sides are known, without the batch
   */
  public static ShapeInference.Tensors maps(
      Collection<String> names, Map<String, List<Integer>> shapes) {
    Map<String, Integer> ranks = new HashMap<>();
    names.forEach(name -> ranks.put(name, 4));
    return new ShapeInference.Tensors(
        shapes, Map.of(), 0, Set.of(), ranks, ShapeInference.Layouts.FIRST);
  }

  /** What the engine finds out, of as many images at once as the model declares. */
  public ShapeInference.Tensors found() {
    ValueInfoProto input = graph.input();
    long[] sides = ModelInputs.sides(input);
    GraphInput images =
        GraphInput.floats(
            IntermediateOutput.of(input.getName(), ElementType.FLOAT),
            (int) Math.max(0, sides[0]),
            List.of((int) sides[1], (int) sides[2], (int) sides[3]));
    return ShapeInference.of(
        new GraphEditor(structure, graph),
        images,
        (int) Math.max(0, sides[0]),
        new Engine(Path.of("small.onnx")));
  }
}
