package io.fmviz.analysis;

import io.fmviz.network.Node;

/**
 * A layer as results name it.
 *
 * @param layer type and index, {@code Conv2d_2}
 * @param path as the network itself names the place, {@code layer1.0.conv1}
 * @param tensor what the network's file calls its output; null where it has no name
 */
public record LayerName(String layer, String path, String tensor) {
  public static LayerName of(Node node) {
    return new LayerName(node.name(), node.path(), node.tensor().orElse(null));
  }

  @Override
  public String toString() {
    return layer;
  }
}
