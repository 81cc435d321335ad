package io.fmviz.network;

import io.fmviz.dataset.Images;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Images that go through a network together.
 *
 * @param images that they are of
 * @param first where the batch begins in the order in which the images are taken
 * @param indices of the images, as many as the batch is large; the last image that is wanted fills
 *     up what is left
 * @param count how many of them are wanted, from the first on
 * @param floats what goes into the network
 */
public record Batch(Images images, int first, int[] indices, int count, Floats floats) {
  /** The images of a batch as floats: read already, or made from bytes when they are asked for. */
  @FunctionalInterface
  public interface Floats {
    /**
     * Appends one image of the batch, as {@link Images#copyTo} does.
     *
     * @param image its place in the batch, from 0
     */
    void copyTo(FloatBuffer target, int image);
  }

  /**
   * The batch that begins at some place. It is never shorter than others of its size, so that an
   * image's numbers don't depend on how many come with it.
   */
  public static Batch of(Images images, int[] order, int first, int size) {
    int count = Math.min(size, order.length - first);
    int[] indices = Arrays.copyOfRange(order, first, first + size);
    Arrays.fill(indices, count, size, order[first + count - 1]);
    return new Batch(
        images, first, indices, count, (target, image) -> images.copyTo(target, indices[image]));
  }

  /** An image that was read. */
  public record Read(int index, float[] values) {}

  /**
   * The batch of images that were read.
   *
   * @param read at least one, and no more than the batch is large
   */
  public static Batch ofRead(Images images, List<Read> read, int first, int size) {
    int last = read.size() - 1;
    int[] indices = new int[size];
    Arrays.setAll(indices, image -> read.get(Math.min(image, last)).index());
    return new Batch(
        images,
        first,
        indices,
        read.size(),
        (target, image) -> target.put(read.get(Math.min(image, last)).values()));
  }

  /**
   * Refuses images that a network doesn't take.
   *
   * @throws io.fmviz.base.UserException with what they are and what it takes
   */
  public void requireFor(Network network) {
    network.input().require(images, network.location());
  }

  public int size() {
    return indices.length;
  }
}
