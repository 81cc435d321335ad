package io.fmviz.pipeline.visualize;

import io.fmviz.network.Batch;
import io.fmviz.network.Node;
import io.fmviz.pipeline.FeatureMaps;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the network made of a batch of images, each image's maps by themselves, copied out of the
 * engine once. The memory is used again for another batch.
 */
final class CapturedBatch {
  private final List<WantedMaps> wanted;
  private final Map<Node, float[][]> values = new HashMap<>();

  /**
   * Room for what is wanted of a batch.
   *
   * @param size images in it
   */
  CapturedBatch(List<WantedMaps> wanted, int size) {
    this.wanted = wanted;
    for (Node node : nodes(wanted)) {
      values.put(node, new float[size][Math.toIntExact(node.size())]);
    }
  }

  /** The nodes to listen to. */
  static Set<Node> nodes(List<WantedMaps> wanted) {
    return wanted.stream()
        .map(WantedMaps::node)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  /** Takes a node's output, {@code (image, ...)}. */
  void put(Node node, FloatBuffer output) {
    for (float[] image : values.get(node)) {
      output.get(image);
    }
  }

  /** All that is wanted of one image of the batch. */
  List<FeatureMaps> of(Batch batch, int image) {
    return wanted.stream().map(maps -> of(maps, batch, image)).toList();
  }

  private FeatureMaps of(WantedMaps maps, Batch batch, int image) {
    if (maps.isImage()) {
      return FeatureMaps.of(maps.name(), batch, image);
    }
    Node node = maps.node();
    long[] shape = {1, node.channels(), node.height(), node.width()};
    return new FeatureMaps(maps.name(), shape, values.get(node)[image]);
  }
}
