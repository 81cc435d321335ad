package io.fmviz;

import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.fmviz.dataset.FloatImages;
import io.fmviz.runtime.Torch;
import java.util.Random;

/** Networks of DJL's model zoo with random weights, and images for them. */
public final class Zoo {
  private Zoo() {}

  /**
   * A residual network for colour images.
   *
   * @param manager that its weights belong to
   * @param layers how deep it is: 8 for images of 28 x 28, 18 for larger ones
   */
  public static Block resnet(NDManager manager, int layers, int side, int classes) {
    Torch.start("cpu", 2);
    Block block =
        ResNetV1.builder()
            .setImageShape(new Shape(3, side, side))
            .setNumLayers(layers)
            .setOutSize(classes)
            .build();
    Engine.getInstance().setRandomSeed(7);
    block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, side, side));
    return block;
  }

  /** One image: a red disc on stripes of green and blue. */
  public static float[] stripes(int side) {
    float[] values = new float[3 * side * side];
    int map = side * side;
    for (int i = 0; i < map; i++) {
      int row = i / side;
      int column = i % side;
      boolean disc = Math.hypot(row - side / 2.0, column - side / 2.0) < side / 4.0;
      values[i] = disc ? 1 : 0;
      values[map + i] = !disc && row / 8 % 2 == 0 ? 1 : 0;
      values[2 * map + i] = !disc && column / 8 % 2 == 0 ? 1 : 0;
    }
    return values;
  }

  /** Images of noise. */
  public static FloatImages noise(int count, int side) {
    Random random = new Random(5);
    float[] values = new float[count * 3 * side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new FloatImages(values, 3, side, side);
  }
}
