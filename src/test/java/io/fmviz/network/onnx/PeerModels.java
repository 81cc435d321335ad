package io.fmviz.network.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Models of ONNX's own tests, each with an input and what is to come of it. */
final class PeerModels {
  private PeerModels() {}

  /**
   * A float tensor.
   *
   * @param shape with the batch
   */
  record Values(long[] shape, float[] values) {
    int rank() {
      return shape.length;
    }
  }

  /**
   * One test.
   *
   * @param model whose one input is what the test calls its data; all else that the test hands in,
   *     weights and zero points, are initializers
   * @param input nothing that isn't float becomes one
   * @param outputs by their names; those that are float
   */
  record Peer(String name, ModelProto model, Values input, Map<String, Values> outputs) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** The models with a convolution below a folder, by their names. */
  static List<Peer> convolutions(Path folder) throws IOException {
    List<Peer> peers = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.endsWith("model.onnx")).sorted().toList()) {
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
        if (model.getGraph().getNodeList().stream().anyMatch(n -> n.getOpType().contains("Conv"))) {
          peers.add(peer(file.getParent(), model));
        }
      }
    }
    return peers;
  }

  private static Peer peer(Path folder, ModelProto model) throws IOException {
    Path data = folder.resolve("test_data_set_0");
    GraphProto.Builder graph = model.getGraph().toBuilder();
    Set<String> weights = new HashSet<>();
    graph.getInitializerList().forEach(tensor -> weights.add(tensor.getName()));
    Values first = null;
    int given = 0;
    List<ValueInfoProto> inputs = new ArrayList<>();
    for (ValueInfoProto input : model.getGraph().getInputList()) {
      if (weights.contains(input.getName())) {
        continue;
      }
      TensorProto tensor = tensor(data.resolve("input_" + given + ".pb"));
      if (given++ == 0) {
        inputs.add(input);
        first = values(tensor);
      } else {
        graph.addInitializer(tensor.toBuilder().setName(input.getName()));
      }
    }
    Map<String, Values> outputs = new LinkedHashMap<>();
    for (int i = 0; i < graph.getOutputCount(); i++) {
      outputs.put(
          graph.getOutput(i).getName(), values(tensor(data.resolve("output_" + i + ".pb"))));
    }
    outputs.values().removeIf(values -> values == null);
    graph.clearInput().addAllInput(inputs);
    ModelProto bound = model.toBuilder().setGraph(graph).build();
    return new Peer(folder.getFileName().toString(), bound, first, outputs);
  }

  private static TensorProto tensor(Path file) throws IOException {
    return TensorProto.parseFrom(Files.readAllBytes(file));
  }

  /** Null for what isn't float. */
  private static Values values(TensorProto tensor) {
    if (tensor.getDataType() != TensorProto.DataType.FLOAT_VALUE) {
      return null;
    }
    FloatBuffer buffer =
        tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values =
        new float[tensor.hasRawData() ? buffer.remaining() : tensor.getFloatDataCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.hasRawData() ? buffer.get(i) : tensor.getFloatData(i);
    }
    return new Values(tensor.getDimsList().stream().mapToLong(Long::longValue).toArray(), values);
  }

  /**
   * Every float tensor that the model's nodes make of its input, by ONNX Runtime alone: each is
   * made an output.
   */
  static Map<String, Values> tensors(Peer peer) throws OrtException {
    GraphProto.Builder graph = peer.model().getGraph().toBuilder().clearOutput();
    for (NodeProto node : peer.model().getGraph().getNodeList()) {
      for (String output : node.getOutputList()) {
        graph.addOutput(ValueInfoProto.newBuilder().setName(output));
      }
    }
    byte[] bytes = peer.model().toBuilder().setGraph(graph).build().toByteArray();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, Values> found = new LinkedHashMap<>();
    try (OrtSession session = environment.createSession(bytes);
        OnnxTensor input =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(peer.input().values()), peer.input().shape());
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), input))) {
      result.forEach(
          entry -> {
            if (entry.getValue() instanceof OnnxTensor tensor
                && tensor.getInfo().type == OnnxJavaType.FLOAT) {
              FloatBuffer buffer = tensor.getFloatBuffer();
              float[] values = new float[buffer.remaining()];
              buffer.get(values);
              found.put(entry.getKey(), new Values(tensor.getInfo().getShape(), values));
            }
          });
    }
    return found;
  }
}
