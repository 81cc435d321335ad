package io.fmviz.network.onnx.layers;

import io.fmviz.network.Node;
import io.fmviz.network.Scores;
import io.fmviz.network.onnx.engine.Engine;
import io.fmviz.network.onnx.graph.GraphEditor;
import io.fmviz.network.onnx.graph.GraphInput;
import java.util.Optional;

/**
 * A graph of which is known what its tensors are, and which of them people call layers.
 *
 * @param editor of the graph
 * @param input where images go in
 */
public record LayeredGraph(
    GraphEditor editor, InputLayout layout, GraphInput input, Engine engine, Layers layers) {
  /**
   * Where a node is in the graph.
   *
   * @throws IllegalArgumentException if it belongs to another network
   */
  public Layers.LayerOutput place(Node node) {
    Layers.LayerOutput place = layers.places().get(node);
    if (place == null) {
      throw new IllegalArgumentException(node + " belongs to another network");
    }
    return place;
  }

  /** What each tensor is. */
  public ShapeInference.Tensors found() {
    return layers.found();
  }

  /** How many classes the network tells apart; 0 where it has none. */
  public int classes() {
    return layers.logits() == null ? 0 : layers.answer().classes();
  }

  /** What the values of the answer mean. */
  public Scores scores() {
    return layers.logits() == null ? Scores.NONE : layers.answer().scores();
  }

  /** Answers as they are told, of those that the graph makes. */
  public float[] rows(float[] made) {
    return layers.answer().rows(made);
  }

  /** The node whose output the answer's values are; nothing where there are none. */
  public Optional<Node> logits() {
    return Optional.ofNullable(layers.logits());
  }
}
