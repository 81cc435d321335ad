package io.fmviz.network.onnx.layers;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.fmviz.base.UserException;
import io.fmviz.network.onnx.engine.Engine;
import io.fmviz.network.onnx.engine.ShapeSession;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Edit;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.GraphEditor;
import io.fmviz.network.onnx.graph.GraphInput;
import io.fmviz.network.onnx.graph.IntermediateOutput;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What operators make of constants alone, as weights that are transposed while the network runs:
 * computed once by the engine, to be looked at. The network runs as its file has it.
 */
public final class ComputedConstants {
  private ComputedConstants() {}

  /** The constants that operators on images read and that no file holds as they read them. */
  public static List<TensorProto> of(
      GraphEditor editor, GraphInput input, Constants constants, Engine engine) {
    Set<String> wanted = wanted(editor.graph(), constants);
    if (wanted.isEmpty()) {
      return List.of();
    }
    Edit edit =
        Edit.NONE
            .withOutputs(wanted.stream().map(IntermediateOutput::asIs).toList())
            .withInputs(List.of(input));
    try (ShapeSession session = new ShapeSession(engine, editor.model(edit))) {
      return session.constants();
    } catch (UserException e) {
      // What can't run is told where the whole model is loaded.
      return List.of();
    }
  }

  private static Set<String> wanted(Graph graph, Constants constants) {
    Set<String> computed = new HashSet<>();
    Set<String> wanted = new LinkedHashSet<>();
    for (Op op : graph.ops()) {
      boolean isConstant =
          !op.operator().is(Operator.Trait.RANDOM)
              && op.reads().stream().allMatch(t -> computed.contains(t) || constants.isHeld(t));
      if (isConstant) {
        computed.addAll(op.outputs());
      } else {
        op.inputs().stream()
            .filter(tensor -> computed.contains(tensor) && !constants.has(tensor))
            .forEach(wanted::add);
      }
    }
    return wanted;
  }
}
