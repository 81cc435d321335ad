package io.fmviz.network.onnx.run;

import static io.fmviz.network.onnx.SmallModel.node;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OrtSession;
import io.fmviz.dataset.FloatImages;
import io.fmviz.network.AnswerChoice;
import io.fmviz.network.Batch;
import io.fmviz.network.Node;
import io.fmviz.network.onnx.OnnxModel;
import io.fmviz.network.onnx.OnnxNetwork;
import io.fmviz.network.onnx.SmallModel;
import io.fmviz.network.onnx.engine.Engine;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.file.ModelReader;
import io.fmviz.network.onnx.file.Structure;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.GraphEditor;
import io.fmviz.network.onnx.graph.GraphInput;
import io.fmviz.network.onnx.graph.IntermediateOutput;
import io.fmviz.network.onnx.layers.InputLayout;
import io.fmviz.network.onnx.layers.LayeredGraph;
import io.fmviz.network.onnx.layers.Layers;
import io.fmviz.network.onnx.layers.ShapeInference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small graph whose layers are known, and what of it the engine has loaded.
 *
 * @param loaded gets each model that becomes a session of the engine's
 */
record SmallGraph(OnnxNetwork network, LayeredGraph layered, List<Structure> loaded) {
  static SmallGraph of(SmallModel model, Path folder) throws IOException {
    Path file = Files.write(folder.resolve("small.onnx"), model.bytes());
    OnnxNetwork network = OnnxModel.read(file).network(3, 8, 8, false);
    ModelReader.LoadedModel read = ModelReader.read(file);
    Structure structure = Structure.of(read.model(), read.weights());
    Graph graph = new Graph(structure);
    GraphEditor editor = new GraphEditor(structure, graph);
    InputLayout layout = new InputLayout(network.input(), List.of(3, 8, 8), false);
    int batch = (int) graph.input().getType().getTensorType().getShape().getDim(0).getDimValue();
    GraphInput input =
        GraphInput.floats(IntermediateOutput.of("x", ElementType.FLOAT), batch, layout.sides());
    Engine engine = new Engine(file);
    ShapeInference.Tensors found = ShapeInference.of(editor, input, batch, engine);
    Layers layers =
        new Layers(
            graph,
            new Constants(graph, structure.weights(), folder),
            found,
            layout,
            AnswerChoice.ANY);
    LayeredGraph layered = new LayeredGraph(editor, layout, input, engine, layers);
    return new SmallGraph(network, layered, new ArrayList<>());
  }

  /**
   * Two convolutions with a way past the second, and a dead end: {@code x -> a -> r -> b -> s ->
   * y}, {@code r -> s}, {@code x -> t}, {@code s -> t}, {@code r -> d}.
   */
  static SmallModel residual() {
    return new SmallModel(
            node("Conv", "a", "x", "wa"),
            node("Relu", "r", "a"),
            node("Conv", "b", "r", "wb"),
            node("Neg", "d", "r"),
            node("Add", "s", "b", "r"),
            node("Mul", "t", "s", "x"),
            node("GlobalAveragePool", "p", "t"),
            node("Flatten", "y", "p"))
        .with(kernel("wa", 1), kernel("wb", 2));
  }

  private static TensorProto kernel(String name, int seed) {
    TensorProto.Builder kernel =
        TensorProto.newBuilder().setName(name).setDataType(1).addAllDims(List.of(3L, 3L, 1L, 1L));
    for (int i = 0; i < 9; i++) {
      kernel.addFloatData((i * seed * 5 + 3) % 7 - 2.5f);
    }
    return kernel.build();
  }

  OrtSession load(Structure model) {
    loaded.add(model);
    return layered.engine().session(model, new Engine.Mode(1, true));
  }

  OnnxSession session() {
    return new OnnxSession(
        network, layered, bounds -> new KeptSessions(layered, this::load, bounds));
  }

  /** A session that keeps so much. */
  OnnxSession session(KeptSessions.Bounds bounds) {
    return new OnnxSession(
        network, layered, usual -> new KeptSessions(layered, this::load, bounds));
  }

  /** The layer that a tensor is the output of. */
  Node layer(String tensor) {
    return layered.layers().nodes().stream()
        .filter(node -> node.tensor().orElseThrow().equals(tensor))
        .findFirst()
        .orElseThrow();
  }

  static Batch batch(int images) {
    float[] pixels = new float[images * 3 * 64];
    int[] order = new int[images];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i * 37 % 101 - 50) / 25f;
    }
    for (int i = 0; i < images; i++) {
      order[i] = i;
    }
    return Batch.of(new FloatImages(pixels, 3, 8, 8), order, 0, images);
  }
}
