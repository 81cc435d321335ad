package io.fmviz.network.onnx.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.fmviz.base.UserException;
import io.fmviz.network.onnx.file.ElementType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sets channels to zero inside of a model: what makes their tensor makes one of another name, and a
 * multiplication by zeros and ones makes the tensor of that.
 */
public final class Masks {
  private static final String BEFORE = ":fmviz-before";
  private static final String MASK = ":fmviz-mask";

  private Masks() {}

  /**
   * Some channels of a tensor.
   *
   * @param ones {@code (1, channels, 1, ...)}, as many sides as the tensor has: 0 for those that
   *     are set to zero
   */
  public record Mask(String tensor, TensorProto ones) {}

  /**
   * A mask for a layer's output.
   *
   * @param layer what people call it
   * @param shape of its output, without the batch
   * @throws UserException if its values are no float32
   */
  public static Mask mask(Tap tap, String layer, List<Integer> shape, Set<Integer> channels) {
    if (tap.type() != ElementType.FLOAT) {
      throw new UserException(
          "channels of %s can't be switched off: they are not float32".formatted(layer));
    }
    TensorProto.Builder ones =
        TensorProto.newBuilder()
            .setName(tap.tensor() + MASK)
            .setDataType(ElementType.FLOAT.number())
            .addDims(1)
            .addDims(shape.get(0))
            .addAllDims(Collections.nCopies(shape.size() - 1, 1L));
    for (int c = 0; c < shape.get(0); c++) {
      ones.addFloatData(channels.contains(c) ? 0 : 1);
    }
    return new Mask(tap.tensor(), ones.build());
  }

  /** The model with masks. */
  public static ModelProto on(ModelProto model, List<Mask> masks) {
    Map<String, Mask> byTensor = new LinkedHashMap<>();
    masks.forEach(mask -> byTensor.put(mask.tensor(), mask));
    GraphProto.Builder graph = model.getGraph().toBuilder().clearNode();
    for (NodeProto node : model.getGraph().getNodeList()) {
      NodeProto.Builder maker = node.toBuilder();
      List<Mask> behind =
          node.getOutputList().stream().filter(byTensor::containsKey).map(byTensor::get).toList();
      for (int i = 0; i < node.getOutputCount(); i++) {
        if (byTensor.containsKey(node.getOutput(i))) {
          maker.setOutput(i, node.getOutput(i) + BEFORE);
        }
      }
      graph.addNode(maker);
      for (Mask mask : behind) {
        graph.addInitializer(mask.ones());
        graph.addNode(
            NodeProto.newBuilder()
                .setOpType("Mul")
                .addInput(mask.tensor() + BEFORE)
                .addInput(mask.ones().getName())
                .addOutput(mask.tensor()));
      }
    }
    return model.toBuilder().setGraph(graph).build();
  }
}
