package io.fmviz.forward;

import ai.djl.nn.Block;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A block's place in its network, fixed when listeners are attached.
 *
 * @param type PyTorch's name for its kind where there is one: {@code Conv2d}, {@code ReLU}
 * @param index counts the blocks of its type in forward order, from 1
 * @param position of the block below the root: which child of which child it is, each from 0; empty
 *     for the root itself
 * @param block the block itself
 */
public record Layer(String type, int index, List<Integer> position, Block block) {
  public Layer {
    position = List.copyOf(position);
  }

  /** Type and index, {@code Conv2d_1}: unique in the network. */
  public String name() {
    return type + "_" + index;
  }

  /**
   * The position with dots between: {@code 0.3} is the fourth child of the root's first child; the
   * root's path is empty.
   */
  public String path() {
    return position.stream().map(String::valueOf).collect(Collectors.joining("."));
  }

  /** As a record's own, which the JVM would make with method handles: 30 ms of a start. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Layer layer
        && block == layer.block
        && index == layer.index
        && type.equals(layer.type)
        && position.equals(layer.position);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + index;
  }
}
