package io.fmviz.network.onnx.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.file.Structure;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Parts of a model, as models of their own: what is needed for some tensors, and nothing else. */
public final class Parts {
  /** What the number of images is called. */
  public static final String BATCH = "fmviz_batch";

  private final Structure structure;
  private final Graph graph;

  public Parts(Structure structure, Graph graph) {
    this.structure = structure;
    this.graph = graph;
  }

  /**
   * An input of a part.
   *
   * @param tap the tensor that it stands for
   * @param shape with the batch; null for any
   */
  public record Given(Tap tap, ValueInfoProto shape) {}

  /**
   * What makes some tensors.
   *
   * @param wanted the part's outputs, in this order
   * @param given its inputs: what makes these is left out
   */
  public ModelProto of(Collection<Tap> wanted, Collection<Given> given) {
    Map<String, Given> inputs = new LinkedHashMap<>();
    given.forEach(one -> inputs.put(one.tap().tensor(), one));
    Set<String> needed = new HashSet<>();
    Collection<Op> ops = needed(wanted, inputs.keySet(), needed);
    GraphProto.Builder part = GraphProto.newBuilder().setName("part");
    for (Given one : inputs.values()) {
      if (needed.contains(one.tap().tensor())) {
        part.addInput(one.shape());
        one.tap().in().ifPresent(part::addNode);
        addScale(one.tap(), needed);
      }
    }
    ops.forEach(op -> part.addNode(op.proto()));
    for (Tap tap : wanted) {
      tap.out().ifPresent(part::addNode);
      part.addOutput(ValueInfoProto.newBuilder().setName(tap.name()));
    }
    for (TensorProto tensor : graph.proto().getInitializerList()) {
      if (needed.contains(tensor.getName())) {
        part.addInitializer(initializer(tensor));
      }
    }
    graph.proto().getSparseInitializerList().forEach(part::addSparseInitializer);
    graph.proto().getQuantizationAnnotationList().forEach(part::addQuantizationAnnotation);
    return structure.model().toBuilder().clearMetadataProps().setGraph(part).build();
  }

  private static void addScale(Tap tap, Set<String> needed) {
    if (tap.scale() != null) {
      needed.add(tap.scale());
      needed.add(tap.zero());
    }
  }

  /** The operators that are needed, in the graph's order. */
  private Collection<Op> needed(Collection<Tap> wanted, Set<String> given, Set<String> tensors) {
    Map<Integer, Op> ops = new TreeMap<>();
    Deque<String> left = new ArrayDeque<>();
    for (Tap tap : wanted) {
      left.add(tap.tensor());
      if (tap.scale() != null) {
        left.addAll(List.of(tap.scale(), tap.zero()));
      }
    }
    while (!left.isEmpty()) {
      String tensor = left.remove();
      Op maker = graph.maker(tensor);
      if (tensors.add(tensor)
          && !given.contains(tensor)
          && maker != null
          && ops.put(maker.place(), maker) == null) {
        left.addAll(maker.reads());
      }
    }
    return ops.values();
  }

  /** A large one's values are given to the engine apart; here they are said to be elsewhere. */
  private TensorProto initializer(TensorProto tensor) {
    if (!structure.weights().containsKey(tensor.getName())) {
      return tensor;
    }
    return tensor.toBuilder()
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .clearExternalData()
        .addExternalData(StringStringEntryProto.newBuilder().setKey("location").setValue("memory"))
        .build();
  }

  /** A tensor of float32 with a batch in front, of a size or of any. */
  public static ValueInfoProto floats(String name, int batch, List<Integer> shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    if (batch > 0) {
      dimensions.addDimBuilder().setDimValue(batch);
    } else {
      dimensions.addDimBuilder().setDimParam(BATCH);
    }
    shape.forEach(side -> dimensions.addDimBuilder().setDimValue(side));
    return info(name, ElementType.FLOAT.number(), dimensions.build());
  }

  /** A tensor of a type, and a shape if that is known. */
  public static ValueInfoProto info(String name, int type, TensorShapeProto shape) {
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type);
    if (shape != null) {
      tensor.setShape(shape);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** How many bytes the large weights of a part have. */
  public long weightBytes(ModelProto part) {
    return part.getGraph().getInitializerList().stream()
        .filter(tensor -> structure.weights().containsKey(tensor.getName()))
        .mapToLong(tensor -> structure.weights().get(tensor.getName()).capacity())
        .sum();
  }

  public Structure structure() {
    return structure;
  }

  public Graph graph() {
    return graph;
  }
}
