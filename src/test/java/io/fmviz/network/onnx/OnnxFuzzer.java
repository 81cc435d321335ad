package io.fmviz.network.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.fuzz.FuzzedFile;
import io.fmviz.network.Node;
import java.util.List;

/**
 * Reads any bytes as an ONNX model, and looks at all of what it is: its layers, kernels and what
 * can't be shown. Nothing runs but what shapes are found by.
 */
public final class OnnxFuzzer {
  /** Larger pictures would only take longer. */
  private static final int LARGEST = 64;

  private static final FuzzedFile FILE = new FuzzedFile("x.onnx");

  private OnnxFuzzer() {}

  public static void run(byte[] data) {
    FILE.parse(data, OnnxModel::read).ifPresent(model -> FILE.parse(path -> look(model)));
  }

  /** What PyTorch wrote, and an operator that is held to its domain. */
  public static List<byte[]> seeds() {
    NodeProto trilu = SmallModel.node("Trilu", "y", "x", "k");
    SmallModel ofConstants = new SmallModel(trilu).with(SmallModel.integers("k", 1));
    return List.of(
        OnnxFixture.bytes("folded"), OnnxFixture.bytes("activations"), ofConstants.bytes());
  }

  private static int look(OnnxModel model) {
    int[] sides = new int[4];
    long[] declared = model.inputDimensions();
    for (int i = 1; i < sides.length; i++) {
      if (declared[i] > LARGEST) {
        return 0;
      }
      sides[i] = (int) Math.max(1, declared[i]);
    }
    OnnxNetwork network = model.network(sides[1], sides[2], sides[3], false);
    network.notNumbers();
    network.metadata();
    network.nodes().forEach(network::kernel);
    return network.notShown().size() + network.nodes().stream().map(Node::path).toList().size();
  }
}
