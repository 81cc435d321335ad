package io.fmviz.network;

import io.fmviz.dataset.Images;
import java.util.Arrays;

/**
 * Images that go through a network together.
 *
 * @param first where the batch begins in the order in which the images are taken
 * @param indices of the images, as many as the batch is large; the last image that is wanted fills
 *     up what is left
 * @param count how many of them are wanted, from the first on
 */
public record Batch(Images images, int first, int[] indices, int count) {
  /**
   * The batch that begins at some place. It is never shorter than others of its size, so that an
   * image's numbers don't depend on how many come with it.
   */
  public static Batch of(Images images, int[] order, int first, int size) {
    int count = Math.min(size, order.length - first);
    int[] indices = Arrays.copyOfRange(order, first, first + size);
    Arrays.fill(indices, count, size, order[first + count - 1]);
    return new Batch(images, first, indices, count);
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
