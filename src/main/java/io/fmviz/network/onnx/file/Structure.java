package io.fmviz.network.onnx.file;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
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
 * A model in one form, however it was written: weights are initializers, in Constant nodes no
 * longer, and no initializer is an input, as all are in IR version 3.
 *
 * @param model without the values of large weights
 * @param weights the values of those, by the initializers' names
 */
public record Structure(ModelProto model, Map<String, ByteBuffer> weights) {
  /** From this version on, initializers need not be inputs. */
  private static final long IR_WITH_CONSTANTS = 4;

  public static Structure of(ModelProto model, List<ByteBuffer> values) {
    Map<String, ByteBuffer> weights = new LinkedHashMap<>();
    GraphProto graph = model.getGraph();
    GraphProto.Builder changed = graph.toBuilder().clearNode().clearInitializer().clearInput();
    for (TensorProto tensor : graph.getInitializerList()) {
      changed.addInitializer(kept(tensor, tensor.getName(), values, weights));
    }
    for (NodeProto node : graph.getNodeList()) {
      TensorProto constant = constant(node);
      if (constant == null) {
        changed.addNode(node);
      } else {
        changed.addInitializer(kept(constant, node.getOutput(0), values, weights));
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

  /** The value of a Constant node that has a tensor; null for every other node. */
  private static TensorProto constant(NodeProto node) {
    if (!isConstant(node) || node.getOutputCount() != 1) {
      return null;
    }
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.getName().equals("value") && attribute.hasT()) {
        return attribute.getT();
      }
    }
    return null;
  }

  private static TensorProto kept(
      TensorProto tensor, String name, List<ByteBuffer> values, Map<String, ByteBuffer> weights) {
    TensorProto.Builder kept =
        tensor.toBuilder().setName(name).setUnknownFields(UnknownFieldSet.getDefaultInstance());
    List<Long> marks = tensor.getUnknownFields().getField(ModelReader.MARK).getVarintList();
    if (!marks.isEmpty()) {
      ByteBuffer value = values.get(marks.get(marks.size() - 1).intValue());
      if (ElementType.of(tensor.getDataType()) == ElementType.OTHER) {
        kept.setRawData(ByteString.copyFrom(value.duplicate()));
      } else {
        weights.put(name, value);
      }
    }
    return kept.build();
  }
}
