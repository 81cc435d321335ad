package io.fmviz.network.onnx.file;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.fmviz.base.UserException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * That every tensor of a graph has one origin, as ONNX demands. ONNX Runtime takes the last of
 * several weights of one name, other readers the first: whatever was shown of them could be what
 * isn't computed.
 */
public final class DefinedOnce {
  private final Set<String> names = new HashSet<>();
  private final Path file;

  private DefinedOnce(Path file) {
    this.file = file;
  }

  /**
   * Checks a graph.
   *
   * @throws UserException if a name is defined twice
   */
  public static void check(GraphProto graph, Path file) {
    DefinedOnce defined = new DefinedOnce(file);
    for (TensorProto weight : graph.getInitializerList()) {
      defined.add(weight.getName());
    }
    for (SparseTensorProto weight : graph.getSparseInitializerList()) {
      defined.add(weight.getValues().getName());
    }
    for (NodeProto node : graph.getNodeList()) {
      // An output that nobody wants has no name.
      node.getOutputList().stream().filter(name -> !name.isEmpty()).forEach(defined::add);
    }
  }

  private void add(String name) {
    if (!names.add(name)) {
      throw new UserException(
          "%s has two tensors named %s, and readers differ in which one counts: export the model again"
              .formatted(file, name));
    }
  }
}
