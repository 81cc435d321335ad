package io.fmviz.serve;

import io.fmviz.network.Node;
import java.util.HashMap;
import java.util.Map;

/**
 * What the network made of one picture.
 *
 * @param logits empty where it has none
 * @param outputs {@code (channel, height, width)}, row by row, of the nodes that were captured
 * @param ranges of these, as they are asked for
 */
record ForwardPass(
    SentPictures.Sent picture,
    ServedLayers.Off off,
    float[] logits,
    Map<Node, float[]> outputs,
    Map<Node, LayerRanges> ranges) {
  ForwardPass(
      SentPictures.Sent picture, ServedLayers.Off off, float[] logits, Map<Node, float[]> outputs) {
    this(picture, off, logits, outputs, new HashMap<>());
  }

  LayerRanges ranges(Node node) {
    return ranges.computeIfAbsent(node, n -> LayerRanges.of(outputs.get(n), n.channels()));
  }
}
