package io.fmviz.network.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forward and backward against the definition, summed up in double precision. */
class Conv2dTest {
  private static final int SIDE = 7;
  private static final Offset<Float> CLOSE = Offset.offset(2e-5f);

  private final Random random = new Random(5);

  /** Whole blocks of channels, partial ones, and the 61 and 92 of a pruned network. */
  @ParameterizedTest
  @CsvSource({
    "4,1,32", "4,1,5", "4,2,3", "4,20,40", "4,32,64", "4,32,61", "4,61,92", "4,17,16", "1,1,32",
    "1,32,64", "1,32,61", "2,32,64"
  })
  void convolvesAsDefinedAtAnyNumberOfImagesAndChannels(int batch, int in, int out) {
    float[] input = values(batch * in * SIDE * SIDE);
    float[] kernels = values(out * in * 9);
    float[] biases = values(out);
    float[] outputGradient = values(batch * out * SIDE * SIDE);
    Definition expected = new Definition(in, out, input, kernels, biases, outputGradient);
    try (NDManager manager = NDManager.newBaseManager()) {
      Conv2d block =
          new Conv2d(
              Conv2d.builder()
                  .setKernelShape(new Shape(3, 3))
                  .optPadding(new Shape(1, 1))
                  .setFilters(out),
              in > 1);
      List<Parameter> parameters = block.getDirectParameters().values();
      parameters.get(0).setInitializer((m, shape, type) -> m.create(kernels, shape));
      parameters.get(1).setInitializer((m, shape, type) -> m.create(biases, shape));
      NDArray images = manager.create(input, new Shape(batch, in, SIDE, SIDE));
      images.setRequiresGradient(true);
      block.initialize(manager, DataType.FLOAT32, images.getShape());
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray output =
            block
                .forward(new ParameterStore(manager, false), new NDList(images), true)
                .singletonOrThrow();
        assertThat(output.toFloatArray()).containsExactly(expected.output, CLOSE);
        collector.backward(output.mul(manager.create(outputGradient, output.getShape())).sum());
      }
      assertThat(gradient(images)).containsExactly(expected.inputGradient, CLOSE);
      assertThat(gradient(parameters.get(0).getArray()))
          .containsExactly(expected.kernelGradient, CLOSE);
      assertThat(gradient(parameters.get(1).getArray()))
          .containsExactly(expected.biasGradient, CLOSE);
    }
  }

  private float[] values(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (random.nextFloat() - 0.5f) / 4;
    }
    return values;
  }

  private static float[] gradient(NDArray array) {
    try (NDArray gradient = array.getGradient()) {
      return gradient.toFloatArray();
    }
  }

  /** Every product of a 3x3 convolution with padding 1, added up where it belongs. */
  private static final class Definition {
    final float[] output;
    final float[] inputGradient;
    final float[] kernelGradient;
    final float[] biasGradient;

    Definition(int in, int out, float[] x, float[] k, float[] b, float[] g) {
      double[] y = new double[g.length];
      double[] dx = new double[x.length];
      double[] dk = new double[k.length];
      double[] db = new double[b.length];
      for (int i = 0; i < y.length; i++) {
        int column = i % SIDE;
        int row = i / SIDE % SIDE;
        int o = i / (SIDE * SIDE) % out;
        int n = i / (SIDE * SIDE) / out;
        y[i] += b[o];
        db[o] += g[i];
        for (int t = 0; t < in * 9; t++) {
          int r = row + t / 3 % 3 - 1;
          int c = column + t % 3 - 1;
          if (r >= 0 && r < SIDE && c >= 0 && c < SIDE) {
            int at = ((n * in + t / 9) * SIDE + r) * SIDE + c;
            y[i] += (double) x[at] * k[o * in * 9 + t];
            dx[at] += (double) g[i] * k[o * in * 9 + t];
            dk[o * in * 9 + t] += (double) g[i] * x[at];
          }
        }
      }
      output = floats(y);
      inputGradient = floats(dx);
      kernelGradient = floats(dk);
      biasGradient = floats(db);
    }

    private static float[] floats(double[] values) {
      float[] floats = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        floats[i] = (float) values[i];
      }
      return floats;
    }
  }
}
