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
 */
public record Edit(List<IntermediateOutput> outputs, List<GraphInput> inputs, List<Mask> masks) {
  /** The graph as it is. */
  public static final Edit NONE = new Edit(List.of(), List.of(), List.of());

  public Edit {
    outputs = List.copyOf(outputs);
    inputs = List.copyOf(inputs);
    masks = List.copyOf(masks);
  }

  /** The same with other outputs. */
  public Edit withOutputs(Collection<IntermediateOutput> others) {
    return new Edit(List.copyOf(others), inputs, masks);
  }

  /** The same with other inputs. */
  public Edit withInputs(Collection<GraphInput> others) {
    return new Edit(outputs, List.copyOf(others), masks);
  }

  /** The same with other masks. */
  public Edit withMasks(Collection<Mask> others) {
    return new Edit(outputs, inputs, List.copyOf(others));
  }
}
