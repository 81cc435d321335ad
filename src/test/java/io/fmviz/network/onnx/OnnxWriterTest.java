package io.fmviz.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fmviz.checkpoint.CheckpointInfo;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.Network;
import io.fmviz.network.Session;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.network.torch.ClassifierWidths;
import io.fmviz.network.torch.SavedClassifier;
import io.fmviz.network.torch.Topology;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OnnxWriterTest {
  private static final int IMAGES = 3;

  /** Of 2, 4 and 8 channels. */
  private static SavedClassifier classifier() {
    ClassifierWidths widths = Topology.DIGITS.ofBase(2);
    Random random = new Random(0);
    Map<String, float[]> weights = new LinkedHashMap<>();
    widths
        .parameterShapes()
        .forEach(
            (name, shape) -> {
              float[] values = new float[(int) LongStream.of(shape).reduce(1, Math::multiplyExact)];
              for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat() - 0.5f;
              }
              weights.put(name, values);
            });
    CheckpointInfo info =
        new CheckpointInfo(
            0,
            new CheckpointInfo.LearnedFrom("synthetic", false, 1, 1),
            new CheckpointInfo.Settings(0, 0.001f, 64, 32, 1, "cpu"),
            1,
            0.5,
            "0.1.0");
    return SavedClassifier.of(Path.of("x.safetensors"), widths, weights, info);
  }

  private static byte[] bytes() {
    SavedClassifier saved = classifier();
    return OnnxWriter.bytes(
        new ClassifierNetwork(saved), saved.weights(), Map.of("fmviz.fit", "digit"));
  }

  private static GraphProto graph() throws InvalidProtocolBufferException {
    return ModelProto.parseFrom(bytes()).getGraph();
  }

  @Test
  void namesNodesAsPyTorchsExporterDoes() throws InvalidProtocolBufferException {
    assertThat(graph().getNodeList())
        .extracting(NodeProto::getName)
        .containsExactly(
            "/net/net.0/Conv",
            "/net/net.1/Relu",
            "/net/net.2/MaxPool",
            "/net/net.3/Conv",
            "/net/net.4/Relu",
            "/net/net.5/MaxPool",
            "/net/net.6/Conv",
            "/net/net.7/Relu",
            "/net/net.8/GlobalAveragePool",
            "/Flatten",
            "/fc/Gemm");
  }

  @Test
  void namesParametersAsPyTorchDoesAndKeepsTheirBits() throws InvalidProtocolBufferException {
    List<TensorProto> initializers = graph().getInitializerList();
    Map<String, float[]> weights = classifier().weights();
    assertThat(initializers)
        .extracting(TensorProto::getName)
        .containsExactlyElementsOf(weights.keySet());
    for (TensorProto tensor : initializers) {
      FloatBuffer values =
          tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      assertThat(values).isEqualTo(FloatBuffer.wrap(weights.get(tensor.getName())));
    }
    assertThat(initializers.get(0).getDimsList()).containsExactly(2L, 1L, 3L, 3L);
    assertThat(initializers.get(6).getDimsList()).containsExactly(10L, 8L);
  }

  @Test
  void saysWhatItIs() throws InvalidProtocolBufferException {
    ModelProto model = ModelProto.parseFrom(bytes());
    assertThat(model.getIrVersion()).isEqualTo(7);
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(13);
    assertThat(model.getProducerName()).isEqualTo("fmviz");
    assertThat(model.getMetadataProps(0).getKey()).isEqualTo("fmviz.fit");
    assertThat(model.getMetadataProps(0).getValue()).isEqualTo("digit");
    assertThat(model.getGraph().getInput(0).getType().getTensorType().getShape().getDim(0))
        .extracting(dimension -> dimension.getDimParam())
        .isEqualTo("batch");
  }

  @Test
  void givesTheSameBytesEachTime() {
    assertThat(bytes()).isEqualTo(bytes());
  }

  @Test
  void givesTheLogitsThatLibtorchGives() throws OrtException {
    byte[] pixels = new byte[IMAGES * 28 * 28];
    new Random(0).nextBytes(pixels);
    LabeledImages images = new LabeledImages(pixels, new int[IMAGES], List.of("a"), 28, 28);
    FloatBuffer input = FloatBuffer.allocate(pixels.length);
    for (int i = 0; i < IMAGES; i++) {
      images.copyTo(input, i);
    }
    assertThat(ofOnnx(input.flip())).containsExactly(ofTorch(images), within(1e-5f));
  }

  private static float[] ofTorch(LabeledImages images) {
    Network network = new ClassifierNetwork(classifier());
    try (Session session = network.start(Compute.onCpu(1))) {
      return session.run(
          Batch.of(images, new int[] {0, 1, 2}, 0, IMAGES), Set.of(), (node, values) -> {});
    }
  }

  private static float[] ofOnnx(FloatBuffer input) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(bytes());
        OnnxTensor tensor =
            OnnxTensor.createTensor(environment, input, new long[] {IMAGES, 1, 28, 28});
        OrtSession.Result result = session.run(Map.of("input", tensor))) {
      FloatBuffer logits = ((OnnxTensor) result.get("logits").orElseThrow()).getFloatBuffer();
      float[] values = new float[logits.remaining()];
      logits.get(values);
      return values;
    }
  }
}
