package io.fmviz.network.onnx.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.fmviz.dataset.FloatImages;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.Gradients;
import io.fmviz.network.Target;
import io.fmviz.network.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Gradients of random graphs against central differences in float64, along three random directions
 * each. The property {@code fmviz.graphs} says how many graphs.
 */
class RandomGraphsTest {
  private static final int GRAPHS = Integer.getInteger("fmviz.graphs", 200);
  private static final double STEP = 1e-6;

  @TempDir Path folder;

  @Test
  void gradientsAreTheDifferences() throws IOException {
    int zero = 0;
    for (int seed = 0; seed < GRAPHS; seed++) {
      zero += check(seed) ? 0 : 1;
    }
    assertThat(zero).as("graphs without any slope").isLessThan(GRAPHS / 10 + 1);
  }

  /** Whether there is a slope at all. */
  private boolean check(int seed) throws IOException {
    ModelProto model = RandomGraph.of(seed);
    Path file = folder.resolve("graph.onnx");
    Files.write(file, model.toByteArray());
    Random random = new Random(seed);
    float[] image = new float[192];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextGaussian();
    }
    float[] gradient = gradient(file, image);
    double length = Math.sqrt(dot(gradient, doubles(gradient)));
    Reference64 reference = new Reference64(model);
    for (int round = 0; round < 3; round++) {
      double[] along = random.doubles(image.length).map(v -> v - 0.5).toArray();
      double difference =
          (sum(reference, image, along, STEP) - sum(reference, image, along, -STEP)) / (2 * STEP);
      assertThat(Math.abs(dot(gradient, along) - difference))
          .as("graph %d: %s and %s", seed, dot(gradient, along), difference)
          .isLessThanOrEqualTo(1e-4 * length + 1e-6);
    }
    return length > 0;
  }

  private static float[] gradient(Path file, float[] image) {
    Target target = Target.of("y", true);
    Gradients.Request request =
        new Gradients.Request(target, Set.of(), true, Gradients.Rectifier.GRADIENT);
    try (Gradients gradients =
            OnnxModel.read(file).network(3, 8, 8, false).gradients(request, Compute.onCpu(1));
        Gradients.Forward forward =
            gradients.forward(Batch.of(new FloatImages(image, 3, 8, 8), new int[] {0}, 0, 1))) {
      return forward.by(target).input();
    }
  }

  private static double sum(Reference64 reference, float[] image, double[] along, double step) {
    double[] moved = new double[image.length];
    Arrays.setAll(moved, i -> image[i] + step * along[i]);
    return Arrays.stream(reference.run(new Array64(new int[] {1, 3, 8, 8}, moved)).values()).sum();
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  private static double dot(float[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
