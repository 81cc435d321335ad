package io.fmviz.browser;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.fmviz.SmallNetwork;
import io.fmviz.cli.Typed;
import io.fmviz.network.torch.SavedClassifier;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Networks and folders for journeys, made by the commands themselves. */
public final class Made {
  /** What a stranger's file may call a layer, a class or itself, to have it run. */
  public static final String MARKUP = "<img src=x onerror=alert(1)>";

  public static final String END = "</script><script>alert(2)</script>";

  private Made() {}

  /** The checkpoint of a small classifier. */
  public static Path checkpoint(Path folder) {
    return SmallNetwork.checkpoint(folder, "epoch_0", "before.");
  }

  /** A folder of two checkpoints of one training. */
  public static Path training(Path folder) throws IOException {
    Path model = Files.createDirectories(folder.resolve("model"));
    SmallNetwork.checkpoint(model, "epoch_0", "before.");
    SmallNetwork.checkpoint(model, "epoch_1", "after.");
    return model;
  }

  /** The same, but for a weight of its first layer, which is NaN. */
  public static Path broken(Path folder) throws IOException {
    Path model = Files.createDirectories(folder.resolve("broken"));
    SavedClassifier whole =
        SavedClassifier.read(SmallNetwork.checkpoint(model, "epoch_0", "before."));
    Map<String, float[]> weights = whole.weights();
    weights.get("net.0.bias")[0] = Float.NaN;
    whole.derive(whole.file(), whole.widths(), weights, Map.of()).write();
    return whole.file();
  }

  /** A small network of five classes, {@code small.onnx}. */
  public static Path smallModel(Path folder) throws IOException {
    return resource("onnx/folded.onnx", folder.resolve("small.onnx"));
  }

  /** A network whose one convolution has 64 maps of 224 x 224, {@code wide.onnx}. */
  public static Path wideModel(Path folder) throws IOException {
    TensorProto.Builder kernels =
        TensorProto.newBuilder().setName("w").setDataType(1).addAllDims(List.of(64L, 3L, 1L, 1L));
    Random random = new Random(1);
    for (int i = 0; i < 3 * 64; i++) {
      kernels.addFloatData((float) random.nextGaussian());
    }
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long side : new long[] {1, 3, 224, 224}) {
      shape.addDimBuilder().setDimValue(side);
    }
    TypeProto.Tensor.Builder input = TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape);
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("wide")
            .addInitializer(kernels)
            .addInput(
                ValueInfoProto.newBuilder()
                    .setName("x")
                    .setType(TypeProto.newBuilder().setTensorType(input)))
            .addNode(node("Conv", "c", "x", "w"))
            .addNode(node("GlobalAveragePool", "p", "c"))
            .addNode(node("Flatten", "y", "p"))
            .addOutput(ValueInfoProto.newBuilder().setName("y"));
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .setGraph(graph);
    return Files.write(folder.resolve("wide.onnx"), model.build().toByteArray());
  }

  private static NodeProto node(String type, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .addOutput(output)
        .addAllInput(List.of(inputs))
        .build();
  }

  /** A photograph of a bee and one of an eel, in folders of these names. */
  public static void photographs(Path folder) throws IOException {
    resource("photo/full.jpg", folder.resolve("bee/full.jpg"));
    resource("photo/tall.png", folder.resolve("eel/tall.png"));
  }

  private static Path resource(String name, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (InputStream in = Made.class.getResourceAsStream("/" + name)) {
      Files.copy(in, file);
    }
    return file;
  }

  /** Runs a command, which must succeed. */
  public static void run(Path folder, String... arguments) {
    Typed typed = Typed.fmviz(folder, arguments);
    assertThat(typed.exit()).as(typed.err()).isZero();
  }

  /** A small network whose layers are called by markup. */
  public static Path hostileModel(Path folder) throws IOException {
    ModelProto model;
    try (InputStream in = Made.class.getResourceAsStream("/onnx/folded.onnx")) {
      model = ModelProto.parseFrom(in);
    }
    GraphProto.Builder graph = model.getGraph().toBuilder();
    String last = graph.getOutput(0).getName();
    Map<String, String> renamed = new HashMap<>();
    for (NodeProto node : graph.getNodeList()) {
      if (!node.getOutput(0).equals(last)) {
        renamed.put(node.getOutput(0), END + renamed.size());
      }
    }
    for (NodeProto.Builder node : graph.getNodeBuilderList()) {
      node.setName("/" + MARKUP + node.getName());
      IntStream.range(0, node.getInputCount())
          .forEach(i -> node.setInput(i, renamed.getOrDefault(node.getInput(i), node.getInput(i))));
      IntStream.range(0, node.getOutputCount())
          .forEach(
              i -> node.setOutput(i, renamed.getOrDefault(node.getOutput(i), node.getOutput(i))));
    }
    return Files.write(
        folder.resolve("hostile.onnx"), model.toBuilder().setGraph(graph).build().toByteArray());
  }

  /** Pictures whose files and classes are called by markup. */
  public static Path hostilePictures(Path folder) throws IOException {
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    for (int i = 0; i < 3; i++) {
      BufferedImage picture = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < 1600; p++) {
        picture.setRGB(p % 40, p / 40, (p * (i + 1)) << 3 & 0xffffff);
      }
      ImageIO.write(picture, "png", pictures.resolve(i + MARKUP + ".png").toFile());
    }
    return pictures;
  }

  /** Names of so many classes, all of them markup. */
  public static Path hostileClasses(Path folder, int count) throws IOException {
    return Files.write(
        folder.resolve("classes.txt"),
        IntStream.range(0, count).mapToObj(i -> i % 2 == 0 ? MARKUP + i : END + i).toList());
  }

  /** All pages below a folder. */
  public static List<Path> pages(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith("index.html")).sorted().toList();
    }
  }
}
