package io.fmviz.network.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * A convolution whose result can be trusted at any number of channels and images. On the CPU
 * libtorch 2.7.1 needs help with two of them:
 *
 * <ul>
 *   <li>It computes batches with oneDNN, in blocks of 8 or 16 channels, and oneDNN 3.7.1 fills up a
 *       last, partial block with whatever lies in memory: with 61 channels forward is off in the
 *       second digit, with 2 backward is. (2.6.3 does it right; so do whole blocks and the kernels
 *       for SSE4.1.) Here partial blocks are filled up with channels of zeros before, and those
 *       channels are dropped after, which changes no value; whole blocks are left alone.
 *   <li>It hands a single image to NNPACK, which warns on standard error, at every call, of
 *       processors that it doesn't know. A batch of two never goes there.
 * </ul>
 *
 * <p>It has its parent's name because listeners go by the name. Input {@code (batch, in, height,
 * width)}, output {@code (batch, out, height, width)} with stride 1.
 */
final class Conv2d extends ai.djl.nn.convolutional.Conv2d {
  /** The widest block, that of AVX-512; a multiple of the others. */
  private static final int BLOCK = 16;

  private final boolean alignsInput;

  /**
   * Takes over a builder's settings.
   *
   * @param alignsInput false for a network's first layer: the few channels of an image stand in no
   *     blocks, and no gradient flows back to them
   */
  Conv2d(Builder builder, boolean alignsInput) {
    super(builder);
    this.alignsInput = alignsInput;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore parameterStore,
      NDList inputs,
      boolean training,
      PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    Device device = input.getDevice();
    long missingIn = alignsInput ? missing(input.getShape().get(1)) : 0;
    long missingOut = missing(filters);
    boolean single = input.getShape().get(0) == 1;
    if (device.isGpu() || (missingIn == 0 && missingOut == 0 && !single)) {
      return super.forwardInternal(parameterStore, inputs, training, params);
    }
    // Intermediate arrays belong to the input's manager, and are freed with it.
    NDArray kernels = local(input, parameterStore.getValue(weight, device, training));
    NDArray biases = local(input, parameterStore.getValue(bias, device, training));
    NDArray output =
        conv2d(
                padded(single ? input.concat(input) : input, 1, missingIn),
                padded(padded(kernels, 1, missingIn), 0, missingOut),
                padded(biases, 0, missingOut),
                stride,
                padding,
                dilation)
            .singletonOrThrow();
    NDArray first = single ? output.get("0:1") : output;
    return new NDList(missingOut == 0 ? first : first.get(":, :" + filters));
  }

  private static long missing(long channels) {
    return Math.floorMod(-channels, BLOCK);
  }

  private static NDArray local(NDArray input, NDArray parameter) {
    NDArray view = parameter.reshape(parameter.getShape());
    view.attach(input.getManager());
    return view;
  }

  private static NDArray padded(NDArray array, int axis, long missing) {
    if (missing == 0) {
      return array;
    }
    long[] shape = array.getShape().getShape().clone();
    shape[axis] = missing;
    NDArray zeros = array.getManager().zeros(new Shape(shape), array.getDataType());
    return array.concat(zeros, axis);
  }
}
