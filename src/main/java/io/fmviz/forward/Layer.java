package io.fmviz.forward;

import ai.djl.nn.Block;

/**
 * A block's place in its network, fixed when listeners are attached.
 *
 * @param type PyTorch's name for its kind where there is one: {@code Conv2d}, {@code ReLU}
 * @param index counts the blocks of its type in forward order, from 1
 * @param path the positions of the blocks that lead to it, each from 0: {@code 0.3} is the fourth
 *     child of the root's first child; the root's path is empty
 * @param block the block itself
 */
public record Layer(String type, int index, String path, Block block) {
  /** Type and index, {@code Conv2d_1}: unique in the network. */
  public String name() {
    return type + "_" + index;
  }
}
