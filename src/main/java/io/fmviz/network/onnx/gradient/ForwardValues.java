package io.fmviz.network.onnx.gradient;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.fmviz.base.Exact;
import io.fmviz.network.onnx.engine.EngineMemory;
import io.fmviz.network.onnx.engine.LoadedModel;
import io.fmviz.network.onnx.engine.ShapeSession;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Edit;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.GraphInput;
import io.fmviz.network.onnx.graph.GraphWalk;
import io.fmviz.network.onnx.graph.IntermediateOutput;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.layers.LayeredGraph;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a backward graph gets of the forward one: constants, which it has too, and intermediate
 * outputs, which are its inputs.
 */
final class ForwardValues {
  private final LayeredGraph layered;
  private final Graph graph;
  private final Constants constants;
  private final Map<String, ByteBuffer> large;
  private final GraphInput input;
  private final Map<String, long[]> shapes = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, IntermediateOutput> outputs = new LinkedHashMap<>();
  private final Map<String, ByteBuffer> weights = new LinkedHashMap<>();

  /**
   * Of a graph, for one image.
   *
   * @param large the values of large weights, by name
   * @param ops those that gradients may go through
   */
  ForwardValues(
      LayeredGraph layered,
      Constants constants,
      Map<String, ByteBuffer> large,
      Collection<Op> ops) {
    this.layered = layered;
    this.graph = layered.editor().graph();
    this.constants = constants;
    this.large = large;
    this.input = input(layered);
    infer(ops);
  }

  /** The image, as often as the network takes images at once. */
  static GraphInput input(LayeredGraph layered) {
    int batch = Math.max(1, layered.found().batch());
    IntermediateOutput output = layered.input().output();
    return GraphInput.floats(output, batch, layered.layout().sides());
  }

  private void infer(Collection<Op> ops) {
    Set<String> wanted = new LinkedHashSet<>();
    for (Op op : ops) {
      op.inputs().stream().filter(name -> !name.isEmpty()).forEach(wanted::add);
      wanted.addAll(op.outputs());
    }
    wanted.removeAll(layered.found().sequences());
    shapes.put(input.output().tensor(), longs(sides()));
    wanted.remove(input.output().tensor());
    for (String name : List.copyOf(wanted)) {
      if (constants.isHeld(name)) {
        shapes.put(name, longs(constants.initializer(name).getDimsList()));
        wanted.remove(name);
      }
    }
    if (wanted.isEmpty()) {
      return;
    }
    Edit edit = Edit.NONE.withShapes(wanted).withInputs(List.of(input));
    Set<String> asked = new HashSet<>();
    wanted.forEach(name -> asked.add(Edit.shapeOf(name)));
    try (ShapeSession session =
        ShapeSession.folded(layered.engine(), layered.editor().model(edit))) {
      Map<String, List<Long>> found = session.run(input.output().name(), sides(), asked);
      wanted.forEach(name -> shapes.put(name, longs(found.get(Edit.shapeOf(name)))));
    }
  }

  private List<Long> sides() {
    return input.sides(Math.max(1, layered.found().batch()));
  }

  private static long[] longs(List<Long> sides) {
    return sides.stream().mapToLong(Long::longValue).toArray();
  }

  long operatorSet() {
    return graph.operatorSet();
  }

  long[] shape(String tensor) {
    long[] shape = shapes.get(tensor);
    if (shape == null) {
      throw new NoRuleException("reads what has no shape");
    }
    return shape;
  }

  boolean isHeld(String tensor) {
    return constants.isHeld(tensor);
  }

  ElementType type(String tensor) {
    ElementType type = layered.found().types().get(tensor);
    if (type == null && constants.isHeld(tensor)) {
      return ElementType.of(constants.initializer(tensor).getDataType());
    }
    if (type == null && tensor.equals(input.output().tensor())) {
      return input.output().type();
    }
    return type == null ? ElementType.FLOAT : type;
  }

  boolean isReal(String tensor) {
    return type(tensor).isReal();
  }

  /** What a backward graph knows a tensor as. */
  String value(String tensor, Emitter to) {
    String known = names.get(tensor);
    if (known == null) {
      known = constants.isHeld(tensor) ? constant(tensor, to) : intermediate(tensor, to);
      names.put(tensor, known);
    }
    return known;
  }

  private String constant(String tensor, Emitter to) {
    TensorProto held = constants.initializer(tensor);
    to.graph().addInitializer(held);
    if (large.containsKey(tensor)) {
      weights.put(tensor, large.get(tensor));
    }
    ElementType type = type(tensor);
    return type.isReal() && type != ElementType.FLOAT ? to.cast(tensor, ElementType.FLOAT) : tensor;
  }

  private String intermediate(String tensor, Emitter to) {
    ElementType type = type(tensor);
    boolean isInput = tensor.equals(input.output().tensor());
    // The graph's input may be no output: what its operators make of it is one.
    IntermediateOutput output =
        type.isReal() ? IntermediateOutput.of(tensor, type) : IntermediateOutput.asIs(tensor);
    if (isInput) {
      output = input.output();
    } else {
      outputs.put(output.name(), output);
    }
    TensorShapeProto.Builder sides = TensorShapeProto.newBuilder();
    Arrays.stream(shape(tensor)).forEach(side -> sides.addDimBuilder().setDimValue(side));
    TypeProto.Tensor.Builder declared =
        TypeProto.Tensor.newBuilder()
            .setElemType((type.isReal() || isInput ? ElementType.FLOAT : type).number())
            .setShape(sides);
    to.graph()
        .addInput(
            ValueInfoProto.newBuilder()
                .setName(output.name())
                .setType(TypeProto.newBuilder().setTensorType(declared)));
    return output.name();
  }

  /** The outputs that the forward pass needs. */
  Collection<IntermediateOutput> outputs() {
    return outputs.values();
  }

  /** The large weights that the backward graph has too. */
  Map<String, ByteBuffer> weights() {
    return weights;
  }

  double[] known(String tensor) {
    if (constants.has(tensor)) {
      return constants.values(tensor);
    }
    Set<String> sides = new HashSet<>();
    for (Op op : graph.ops()) {
      if (op.is("Shape") || op.is("Size")) {
        sides.addAll(op.outputs());
      }
    }
    for (Op op : new GraphWalk(graph).before(List.of(tensor), sides)) {
      if (op.reads().contains(input.output().tensor())) {
        throw new NoRuleException("reads a number that the picture decides");
      }
    }
    Edit edit =
        Edit.NONE.withOutputs(List.of(IntermediateOutput.asIs(tensor))).withInputs(List.of(input));
    try (LoadedModel model = new LoadedModel(layered.engine(), layered.editor().model(edit), 1);
        LoadedModel.Value zeros =
            LoadedModel.Value.of(EngineMemory.floats(Exact.product(sides())), sides());
        LoadedModel.Outputs made = model.run(Map.of(input.output().name(), zeros))) {
      return made.value(tensor).numbers();
    }
  }
}
