package io.fmviz.fuzz;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.network.onnx.OnnxFuzzer;
import io.fmviz.network.onnx.SmallModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** ONNX models that aren't. */
public final class HostileOnnx {
  /** Where a model is cut short: at so many places, from its first byte to its last but one. */
  private static final int CUTS = 16;

  private HostileOnnx() {}

  /** Files that must be refused. */
  public static List<HostileFile> files() {
    byte[] model = OnnxFuzzer.seeds().get(0);
    List<HostileFile> files = new ArrayList<>();
    files.add(new HostileFile("empty", new byte[0]));
    files.add(new HostileFile("text", "no model\n".getBytes(StandardCharsets.UTF_8)));
    files.add(new HostileFile("zeros", new byte[4096]));
    files.add(new HostileFile("a state dict", Samples.exported(".pth")));
    files.add(new HostileFile("a graph of two billion bytes", graphOf(Integer.MAX_VALUE)));
    files.add(new HostileFile("an empty graph", graphOf(0)));
    files.add(operator("DepthToSpace", "blocksize", 1L << 40));
    files.add(operator("GatherND", "batch_dims", -3));
    files.add(operator("Split", "num_outputs", 3));
    files.add(new HostileFile("a graph that isn't known to end", cycle()));
    for (int i = 0; i < CUTS; i++) {
      int length = 1 + (int) ((model.length - 2L) * i / (CUTS - 1));
      files.add(new HostileFile("cut to " + length + " bytes", Arrays.copyOf(model, length)));
    }
    return files;
  }

  private static HostileFile operator(String type, String attribute, long value) {
    NodeProto node = SmallModel.with(SmallModel.node(type, "y", "x"), attribute, value);
    return new HostileFile(
        "a %s whose %s is %d".formatted(type, attribute, value), new SmallModel(node).bytes());
  }

  private static byte[] cycle() {
    return new SmallModel(
            SmallModel.node("Add", "y", "x", "a"),
            SmallModel.node("Identity", "a", "b"),
            SmallModel.node("Identity", "b", "a"))
        .bytes();
  }

  /** An IR version of 8 and a graph of a claimed length: fields 1 and 7 of ModelProto. */
  private static byte[] graphOf(int length) {
    return new byte[] {
      8,
      8,
      7 << 3 | 2,
      (byte) (length | 0x80),
      (byte) (length >> 7 | 0x80),
      (byte) (length >> 14 | 0x80),
      (byte) (length >> 21 | 0x80),
      (byte) (length >>> 28)
    };
  }
}
