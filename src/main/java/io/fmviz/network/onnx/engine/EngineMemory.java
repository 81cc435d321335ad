package io.fmviz.network.onnx.engine;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.fmviz.base.Exact;
import io.fmviz.base.Numbers;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/** Memory outside the heap, where the engine reads and writes without a copy. */
public final class EngineMemory {
  /** One buffer has 2 GB at most. */
  private static final long MOST = Integer.MAX_VALUE / Float.BYTES;

  private EngineMemory() {}

  /**
   * Memory for some float32.
   *
   * @throws UserException if they are more than an array of Java's can have
   */
  public static FloatBuffer floats(long count) {
    if (count > MOST) {
      throw new UserException(
          "a layer's output has %s at once, and %,d can be looked at: %s"
              .formatted(
                  Numbers.count(count, "value"),
                  MOST,
                  Settings.named("choose others with {layers}")));
    }
    return ByteBuffer.allocateDirect(Math.toIntExact(count * Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /**
   * Some images' part of a batch's memory, as a tensor.
   *
   * @param all of {@code (batch, ...)}, row by row
   * @param first the part's first image
   * @param count how many images it has
   * @param sides of one image's values
   */
  public static OnnxTensor tensor(FloatBuffer all, int first, int count, List<Integer> sides)
      throws OrtException {
    int values = Math.toIntExact(Exact.product(sides));
    long[] shape = new long[sides.size() + 1];
    shape[0] = count;
    for (int i = 0; i < sides.size(); i++) {
      shape[i + 1] = sides.get(i);
    }
    return OnnxTensor.createTensor(
        Engine.environment(),
        all.slice(Exact.product(first, values), Exact.product(count, values)),
        shape);
  }

  /** Bytes as a tensor of bool. */
  public static OnnxTensor bools(ByteBuffer values, List<Long> sides) throws OrtException {
    long[] shape = sides.stream().mapToLong(Long::longValue).toArray();
    return OnnxTensor.createTensor(Engine.environment(), values, shape, OnnxJavaType.BOOL);
  }
}
