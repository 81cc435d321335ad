package io.fmviz.network.onnx.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.dataset.FloatImages;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.Gradients;
import io.fmviz.network.Target;
import io.fmviz.network.onnx.OnnxModel;
import io.fmviz.network.onnx.OnnxNetwork;
import io.fmviz.tensor.Safetensors;
import io.fmviz.tensor.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every rule against PyTorch's autograd; scripts/make-gradient-fixtures.py wrote the cases. */
class GradientFixturesTest {
  private static final Map<String, Tensor> CASES = cases();

  @TempDir Path folder;

  private static Map<String, Tensor> cases() {
    try {
      return Safetensors.read(
              Path.of(
                  GradientFixturesTest.class.getResource("/onnx/gradients.safetensors").toURI()))
          .tensors();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Stream<String> names() {
    return CASES.keySet().stream()
        .filter(name -> name.endsWith("/model"))
        .map(name -> name.substring(0, name.length() - "/model".length()));
  }

  private static byte[] model(String name) {
    ByteBuffer data = CASES.get(name + "/model").data().duplicate();
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    return bytes;
  }

  @TestFactory
  Stream<DynamicTest> gradientsAreThoseOfPyTorch() {
    return names().map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
  }

  private void check(String name) throws IOException {
    Path file = folder.resolve(name + ".onnx");
    Files.write(file, model(name));
    Tensor input = CASES.get(name + "/input");
    int[] sides = Arrays.stream(input.shape()).mapToInt(Math::toIntExact).toArray();
    OnnxNetwork network = OnnxModel.read(file).network(sides[1], sides[2], sides[3], false);
    Target target = Target.of("y", true);
    FloatImages images = new FloatImages(input.floats(), sides[1], sides[2], sides[3]);
    Gradients.Request request =
        new Gradients.Request(target, Set.of(), true, Gradients.Rectifier.GRADIENT);
    try (Gradients gradients = network.gradients(request, new Compute("cpu", 1));
        Gradients.Forward forward = gradients.forward(Batch.of(images, new int[] {0}, 0, 1))) {
      float[] expected = CASES.get(name + "/gradient").floats();
      float[] found = forward.by(target).input();
      float largest = 0;
      for (float value : expected) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertThat(largest).isPositive();
      assertThat(found).hasSize(expected.length);
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i]).as("value %d", i).isCloseTo(expected[i], within(2e-5f * largest));
      }
    }
  }

  @Test
  void everyRuleHasACase() throws IOException {
    Set<String> seen = new TreeSet<>();
    for (String name : names().toList()) {
      ModelProto model = ModelProto.parseFrom(model(name));
      model.getGraph().getNodeList().stream().map(NodeProto::getOpType).forEach(seen::add);
    }
    assertThat(seen).containsAll(Rules.names());
  }
}
