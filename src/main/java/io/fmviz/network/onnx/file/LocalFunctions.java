package io.fmviz.network.onnx.file;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The functions that a model defines itself: their operators are put in the place of the nodes that
 * call them, as ONNX Runtime does. What stays a node: a call of a function that is written for
 * another version of an operator set than the model, and one of ONNX's own domain.
 */
final class LocalFunctions {
  /** The overload of a node and of a function, fields that the generated messages don't have. */
  private static final int NODE_OVERLOAD = 8;

  private static final int FUNCTION_OVERLOAD = 13;

  private final ModelProto.Builder model;
  private final Map<String, FunctionProto> functions = new HashMap<>();
  private final Map<String, Long> versions = new HashMap<>();
  private final TakenNames taken;

  private LocalFunctions(ModelProto model) {
    this.model = model.toBuilder();
    this.taken = TakenNames.of(model.getGraph());
    model.getOpsetImportList().forEach(one -> versions.putIfAbsent(domain(one), one.getVersion()));
    for (FunctionProto one : model.getFunctionsList()) {
      String overload = text(one.getUnknownFields(), FUNCTION_OVERLOAD);
      functions.putIfAbsent(key(one.getDomain(), one.getName(), overload), one);
    }
  }

  /** The model with its functions in the places of their calls. */
  static ModelProto inlined(ModelProto model) {
    return model.getFunctionsCount() == 0 ? model : new LocalFunctions(model).inlined();
  }

  private ModelProto inlined() {
    List<NodeProto> result = new ArrayList<>();
    Deque<NodeProto> left = new ArrayDeque<>(model.getGraph().getNodeList());
    while (!left.isEmpty()) {
      NodeProto node = left.pop();
      FunctionProto function = function(node);
      if (function == null) {
        result.add(node);
        continue;
      }
      List<NodeProto> nodes = nodes(function, node);
      for (int i = nodes.size() - 1; i >= 0; i--) {
        left.push(nodes.get(i));
      }
    }
    model.getGraphBuilder().clearNode().addAllNode(result);
    return model.build();
  }

  /** The function that a node calls; null if it calls none that can stand in its place. */
  private FunctionProto function(NodeProto node) {
    if (Structure.isStandard(node.getDomain())) {
      return null;
    }
    String overload = text(node.getUnknownFields(), NODE_OVERLOAD);
    FunctionProto found = functions.get(key(node.getDomain(), node.getOpType(), overload));
    return found != null && imports(found) ? found : null;
  }

  /** Whether the model runs the operators of a function in the version that this asks for. */
  private boolean imports(FunctionProto function) {
    for (OperatorSetIdProto one : function.getOpsetImportList()) {
      if (versions.getOrDefault(domain(one), one.getVersion()) != one.getVersion()) {
        return false;
      }
    }
    for (OperatorSetIdProto one : function.getOpsetImportList()) {
      if (versions.putIfAbsent(domain(one), one.getVersion()) == null) {
        model.addOpsetImport(one);
      }
    }
    return true;
  }

  private List<NodeProto> nodes(FunctionProto function, NodeProto call) {
    Map<String, AttributeProto> given = new HashMap<>();
    function.getAttributeProtoList().forEach(one -> given.put(one.getName(), one));
    call.getAttributeList().forEach(one -> given.put(one.getName(), one));
    Inlining inlining = Inlining.ofFunction(call, taken, written -> actual(written, given));
    for (int i = 0; i < function.getInputCount(); i++) {
      inlining.give(function.getInput(i), i < call.getInputCount() ? call.getInput(i) : "");
    }
    List<NodeProto> ends =
        inlining.outputs(function.getOutputList(), call.getOutputList(), function.getNodeList());
    List<NodeProto> nodes = new ArrayList<>(inlining.nodes(function.getNodeList()));
    nodes.addAll(ends);
    return nodes;
  }

  private static AttributeProto actual(AttributeProto written, Map<String, AttributeProto> given) {
    if (written.getRefAttrName().isEmpty()) {
      return written;
    }
    AttributeProto found = given.get(written.getRefAttrName());
    return found == null ? null : found.toBuilder().setName(written.getName()).build();
  }

  private static String domain(OperatorSetIdProto one) {
    return Structure.isStandard(one.getDomain()) ? "" : one.getDomain();
  }

  private static String key(String domain, String name, String overload) {
    return domain + "\n" + name + "\n" + overload;
  }

  private static String text(UnknownFieldSet fields, int number) {
    List<ByteString> all = fields.getField(number).getLengthDelimitedList();
    return all.isEmpty() ? "" : all.get(all.size() - 1).toStringUtf8();
  }
}
