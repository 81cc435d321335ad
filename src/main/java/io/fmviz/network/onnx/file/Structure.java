package io.fmviz.network.onnx.file;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model in one form, however it was written: functions stand in the places of their calls,
 * weights are initializers, dense and in Constant nodes no longer, and no initializer is an input,
 * as all are in IR version 3.
 *
 * @param model without the values of large weights
 * @param weights the values of those, by the initializers' names
 */
public record Structure(ModelProto model, Map<String, ByteBuffer> weights) {
  /** From this version on, initializers need not be inputs. */
  private static final long IR_WITH_CONSTANTS = 4;

  /**
   * Of a model as it was read.
   *
   * @param values of its large weights, as they are numbered
   */
  public static Structure of(ModelProto model, List<ByteBuffer> values) {
    return of(model, values, Map.of());
  }

  /** Of this model with another graph, in which nodes may be Constants again. */
  public Structure with(GraphProto graph) {
    ModelProto changed = model.toBuilder().setGraph(graph).build();
    return of(LocalFunctions.inlined(changed), List.of(), weights);
  }

  /** With the functions that it defines in the places of their calls. */
  public static Structure inlined(ModelProto model, List<ByteBuffer> values) {
    return of(LocalFunctions.inlined(model), values, Map.of());
  }

  private static Structure of(
      ModelProto model, List<ByteBuffer> values, Map<String, ByteBuffer> known) {
    Map<String, ByteBuffer> weights = new LinkedHashMap<>(known);
    GraphProto graph = model.getGraph();
    GraphProto.Builder changed = graph.toBuilder().clearNode().clearInitializer().clearInput();
    changed.clearSparseInitializer();
    long left = ConstantNodes.MOST_DENSE_BYTES;
    for (TensorProto tensor : graph.getInitializerList()) {
      changed.addInitializer(kept(tensor, tensor.getName(), values, weights));
    }
    for (SparseTensorProto sparse : graph.getSparseInitializerList()) {
      TensorProto dense = ConstantNodes.dense(sparse, left);
      if (dense == null) {
        changed.addSparseInitializer(sparse);
      } else {
        changed.addInitializer(dense);
        left -= dense.getRawData().size();
      }
    }
    for (NodeProto node : graph.getNodeList()) {
      TensorProto constant = isConstant(node) ? ConstantNodes.value(node, left) : null;
      if (constant == null) {
        changed.addNode(node);
      } else {
        changed.addInitializer(kept(constant, node.getOutput(0), values, weights));
        left -= node.getAttribute(0).hasSparseTensor() ? constant.getRawData().size() : 0;
      }
    }
    Set<String> constants = new HashSet<>();
    changed.getInitializerList().forEach(tensor -> constants.add(tensor.getName()));
    for (ValueInfoProto input : graph.getInputList()) {
      if (!constants.contains(input.getName())) {
        changed.addInput(input);
      }
    }
    ModelProto.Builder result = model.toBuilder().setGraph(changed);
    result.setIrVersion(Math.max(IR_WITH_CONSTANTS, model.getIrVersion()));
    return new Structure(result.build(), weights);
  }

  /** Whether a domain is that of ONNX's own operators. */
  public static boolean isStandard(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  /** Whether a node is ONNX's own Constant, and no function of that name. */
  public static boolean isConstant(NodeProto node) {
    return node.getOpType().equals("Constant") && isStandard(node.getDomain());
  }

  /** How many bytes the large weights have. */
  public long weightBytes() {
    return weights.values().stream().mapToLong(ByteBuffer::capacity).sum();
  }

  /** The model as a file has it, all weights in their places, but for those in files beside it. */
  public ModelProto whole() {
    ModelProto.Builder whole = model.toBuilder();
    for (TensorProto.Builder tensor : whole.getGraphBuilder().getInitializerBuilderList()) {
      ByteBuffer value = weights.get(tensor.getName());
      if (value != null) {
        tensor.setRawData(UnsafeByteOperations.unsafeWrap(value.duplicate()));
      }
    }
    return whole.build();
  }

  private static TensorProto kept(
      TensorProto tensor, String name, List<ByteBuffer> values, Map<String, ByteBuffer> weights) {
    TensorProto.Builder kept =
        tensor.toBuilder().setName(name).setUnknownFields(UnknownFieldSet.getDefaultInstance());
    List<Long> marks = tensor.getUnknownFields().getField(ModelReader.MARK).getVarintList();
    long mark = marks.isEmpty() ? -1 : marks.get(marks.size() - 1);
    if (mark >= 0 && mark < values.size()) {
      ByteBuffer value = values.get((int) mark);
      if (ElementType.of(tensor.getDataType()) == ElementType.OTHER) {
        kept.setRawData(ByteString.copyFrom(value.duplicate()));
      } else {
        weights.put(name, value);
      }
    }
    return kept.build();
  }
}
