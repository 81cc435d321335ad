package io.fmviz.network.onnx.graph;

import java.util.Collection;
import java.util.List;

/**
 * How another model is to differ from a graph. Equal edits of a graph make equal models.
 *
 * @param outputs its outputs, in this order, intermediate ones too: what none of them comes from is
 *     left out; none for the graph's own
 * @param inputs its inputs: what makes these is left out; none for the graph's own
 * @param masks what else goes in, to set channels to zero
 * @param shapes tensors whose shapes are outputs too, behind the others; where there are any, the
 *     graph's own outputs are none
 */
public record Edit(
    List<IntermediateOutput> outputs,
    List<GraphInput> inputs,
    List<Mask> masks,
    List<String> shapes) {
  private static final String SHAPE = ":fmviz-shape";

  /** The graph as it is. */
  public static final Edit NONE = new Edit(List.of(), List.of(), List.of(), List.of());

  public Edit {
    outputs = List.copyOf(outputs);
    inputs = List.copyOf(inputs);
    masks = List.copyOf(masks);
    shapes = List.copyOf(shapes);
  }

  /** Whether the graph's own outputs are its outputs. */
  boolean keepsOutputs() {
    return outputs.isEmpty() && shapes.isEmpty();
  }

  /** What the output is called that has a tensor's shape. */
  public static String shapeOf(String tensor) {
    return tensor + SHAPE;
  }

  /** The same with other outputs. */
  public Edit withOutputs(Collection<IntermediateOutput> others) {
    return new Edit(List.copyOf(others), inputs, masks, shapes);
  }

  /** The same with other inputs. */
  public Edit withInputs(Collection<GraphInput> others) {
    return new Edit(outputs, List.copyOf(others), masks, shapes);
  }

  /** The same with other masks. */
  public Edit withMasks(Collection<Mask> others) {
    return new Edit(outputs, inputs, List.copyOf(others), shapes);
  }

  /** The same with the shapes of other tensors. */
  public Edit withShapes(Collection<String> others) {
    return new Edit(outputs, inputs, masks, List.copyOf(others));
  }
}
