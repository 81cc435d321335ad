package io.fmviz.network.onnx.file;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Finds every tensor that a model holds: of its graph, of operators, subgraphs and functions. */
public final class AllTensors {
  private final List<TensorProto> found = new ArrayList<>();
  private final Deque<GraphProto> graphs = new ArrayDeque<>();

  private AllTensors() {}

  public static List<TensorProto> of(ModelProto model) {
    AllTensors all = new AllTensors();
    all.graphs.add(model.getGraph());
    for (FunctionProto function : model.getFunctionsList()) {
      function.getNodeList().forEach(all::node);
    }
    while (!all.graphs.isEmpty()) {
      GraphProto graph = all.graphs.remove();
      all.found.addAll(graph.getInitializerList());
      graph.getSparseInitializerList().forEach(all::sparse);
      graph.getNodeList().forEach(all::node);
    }
    return all.found;
  }

  private void node(NodeProto node) {
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasT()) {
        found.add(attribute.getT());
      }
      found.addAll(attribute.getTensorsList());
      if (attribute.hasSparseTensor()) {
        sparse(attribute.getSparseTensor());
      }
      attribute.getSparseTensorsList().forEach(this::sparse);
      if (attribute.hasG()) {
        graphs.add(attribute.getG());
      }
      graphs.addAll(attribute.getGraphsList());
    }
  }

  private void sparse(SparseTensorProto tensor) {
    found.add(tensor.getValues());
    found.add(tensor.getIndices());
  }
}
