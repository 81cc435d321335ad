package io.fmviz.tensor;

import static io.fmviz.base.MalformedException.verify;

import io.fmviz.base.Exact;
import io.fmviz.base.MalformedException;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/**
 * Where a tensor's values lie in a storage, counted in values: the one at (i, j, ...) at {@code
 * offset + i * stride[0] + j * stride[1] + ...}. All lie inside the storage and no two at the same
 * place, so a tensor is never larger than its storage.
 *
 * @param available the storage's values
 */
record Layout(long offset, long[] shape, long[] stride, long available) {
  /**
   * Checks everything.
   *
   * @throws MalformedException which names what is wrong
   */
  Layout {
    verify(shape.length == stride.length, "has strides for another number of dimensions");
    verify(shape.length <= Tensor.MAX_RANK, "has too many dimensions");
    verify(offset >= 0 && offset <= available, "begins outside its storage");
    for (int i = 0; i < shape.length; i++) {
      verify(shape[i] >= 0, "has a negative dimension");
      verify(stride[i] >= 0, "has a negative stride");
    }
    if (count(shape) > 0) {
      requireInside(offset, shape, stride, available);
    }
  }

  /** Values that lie side by side, column by column: NumPy's "Fortran order". */
  static Layout columnMajor(long[] shape) {
    long[] stride = new long[shape.length];
    long step = 1;
    for (int i = 0; i < shape.length; i++) {
      stride[i] = step;
      step = multiply(step, Math.max(1, shape[i]));
    }
    return new Layout(0, shape, stride, count(shape));
  }

  private static void requireInside(long offset, long[] shape, long[] stride, long available) {
    // From the smallest stride on, each must lead beyond all that the smaller ones reach.
    int[] dimensions =
        IntStream.range(0, shape.length)
            .filter(i -> shape[i] > 1)
            .boxed()
            .sorted((a, b) -> Long.compare(stride[a], stride[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    long reach = 0;
    for (int i : dimensions) {
      verify(stride[i] > reach, "has strides that lead to the same place twice");
      reach = add(reach, multiply(shape[i] - 1, stride[i]));
    }
    verify(add(offset, reach) < available, "ends outside its storage");
  }

  /** The number of values. */
  long count() {
    return count(shape);
  }

  /**
   * The number of values that a tensor of some shape has; no dimension may be negative.
   *
   * @throws MalformedException if it is beyond all bounds
   */
  static long count(long[] shape) {
    long count = 1;
    for (long dimension : shape) {
      count = multiply(count, dimension);
    }
    return count;
  }

  boolean isRowMajor() {
    long step = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      if (shape[i] > 1 && stride[i] != step) {
        return false;
      }
      step = multiply(step, shape[i]);
    }
    return true;
  }

  /**
   * The tensor's bytes, row by row: a part of the storage where they lie so, else a copy.
   *
   * @param size bytes of one value
   */
  ByteBuffer read(ByteBuffer storage, int size) {
    int length = Math.toIntExact(Exact.product(count(), size));
    if (length == 0 || isRowMajor()) {
      return storage.slice(Math.toIntExact(Exact.product(offset, size)), length);
    }
    byte[] bytes = new byte[length];
    long[] index = new long[shape.length];
    long at = offset;
    for (int to = 0; to < length; to += size) {
      storage.get(Math.toIntExact(at * size), bytes, to, size);
      // Counts on like an odometer, the last dimension first.
      for (int d = shape.length - 1; d >= 0; d--) {
        at += stride[d];
        if (++index[d] < shape[d]) {
          break;
        }
        at -= shape[d] * stride[d];
        index[d] = 0;
      }
    }
    return ByteBuffer.wrap(bytes);
  }

  private static long multiply(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    verify(high == 0 && low >= 0, "has a shape too large");
    return low;
  }

  private static long add(long a, long b) {
    verify(a + b >= 0, "has a shape too large");
    return a + b;
  }
}
