package io.fmviz.network.torch;

import io.fmviz.base.Exact;
import java.util.Random;

/**
 * Draws parameters as PyTorch's Conv2d and Linear do: weight and bias of a layer from U(-b, b) with
 * b = 1 / sqrt(fan_in), where fan_in is the number of inputs of one output ({@code
 * torch.nn.modules.conv._ConvNd.reset_parameters}: Kaiming uniform with a = sqrt(5)).
 *
 * <p>The numbers come from {@link Random}, not from the engine: one seed means the same weights on
 * every device.
 */
public final class TorchInitialization implements WeightSource {
  private final Random random;
  private double bound;

  public TorchInitialization(long seed) {
    this.random = new Random(seed);
  }

  /** A layer's weight must be drawn before its bias, whose bound is the same. */
  @Override
  public float[] values(String name, long[] shape) {
    if (shape.length > 1) {
      long fanIn = Exact.product(shape) / shape[0];
      bound = 1 / Math.sqrt((double) fanIn);
    }
    float[] values = new float[Math.toIntExact(Exact.product(shape))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
    return values;
  }
}
