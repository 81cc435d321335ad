package io.fmviz.network.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import io.fmviz.base.Exact;
import io.fmviz.forward.ForwardListeners;
import io.fmviz.forward.Layer;
import io.fmviz.network.Node;
import io.fmviz.network.ResumableBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What comes after a node of a network of DJL's. Within sequences, that is the rest of each
 * sequence that the node stands in. Elsewhere the whole network runs again, and a listener puts the
 * other output in the place of the node's.
 */
final class ResumableBlockBatch implements ResumableBatch {
  private final BlockSession session;
  private final BlockSession.Blocks blocks;
  private final NDManager scope;
  private final NDArray images;
  private final float[] logits;
  private final Map<Node, NDArray> held;

  ResumableBlockBatch(
      BlockSession session,
      BlockSession.Blocks blocks,
      NDManager scope,
      NDArray images,
      float[] logits,
      Map<Node, NDArray> held) {
    this.session = session;
    this.blocks = blocks;
    this.scope = scope;
    this.images = images;
    this.logits = logits;
    this.held = held;
  }

  @Override
  public float[] logits() {
    return logits.clone();
  }

  @Override
  public float[] output(Node node) {
    return array(node).toFloatArray();
  }

  private NDArray array(Node node) {
    NDArray array = held.get(node);
    if (array == null) {
      throw new IllegalArgumentException(node + " was not held");
    }
    return array;
  }

  @Override
  public float[] after(Node node, float[] output) {
    Shape shape = array(node).getShape();
    try (NDManager one = scope.newSubManager()) {
      return after(node, one.create(output, shape));
    }
  }

  @Override
  public float[] withoutEach(Node node, int first, int count) {
    if (standsInSequences(blocks.places().layer(node))) {
      return without(node, first, count);
    }
    float[] all = new float[Exact.product(count, logits.length)];
    for (int i = 0; i < count; i++) {
      // The whole network runs on the images that are held: on as many as they are.
      float[] one = without(node, first + i, 1);
      System.arraycopy(one, 0, all, i * logits.length, logits.length);
    }
    return all;
  }

  private float[] without(Node node, int first, int count) {
    try (NDManager scope = this.scope.newSubManager()) {
      NDArray output = array(node);
      NDArray without = copies(output, count);
      without.attach(scope);
      long batch = output.getShape().get(0);
      for (int i = 0; i < count; i++) {
        String rows = i * batch + ":" + (i + 1) * batch;
        without.set(new NDIndex(rows + ", " + (first + i)), 0f);
      }
      return after(node, without);
    }
  }

  /** A product of matrices adds up in another order where they have more rows. */
  @Override
  public boolean isSameAlone() {
    return false;
  }

  /** {@code (count * batch, ...)}; a single one stands in memory as the network made it. */
  private static NDArray copies(NDArray output, int count) {
    if (count == 1) {
      return output.duplicate();
    }
    long[] times = new long[output.getShape().dimension()];
    Arrays.fill(times, 1);
    times[0] = count;
    return output.tile(times);
  }

  private float[] after(Node node, NDArray output) {
    Layer layer = blocks.places().layer(node);
    // There may have been other batches since, and whoever heard these is not to hear this.
    session.quiet();
    NDArray end =
        standsInSequences(layer)
            ? rest(blocks.heard(), layer.position(), new NDList(output)).get(0)
            : again(layer, output);
    return session.logits(end);
  }

  private boolean standsInSequences(Layer layer) {
    Block block = blocks.heard();
    for (int position : layer.position()) {
      if (!(block instanceof SequentialBlock)) {
        return false;
      }
      block = block.getChildren().valueAt(position);
    }
    return true;
  }

  private NDList rest(Block sequence, List<Integer> position, NDList output) {
    if (position.isEmpty()) {
      return output;
    }
    List<Block> children = sequence.getChildren().values();
    int here = position.get(0);
    NDList current = rest(children.get(here), position.subList(1, position.size()), output);
    for (Block child : children.subList(here + 1, children.size())) {
      current = child.forward(blocks.parameters(), current, BlockSession.NOT_ASKED);
    }
    return current;
  }

  private NDArray again(Layer layer, NDArray output) {
    try (ForwardListeners replacing =
        ForwardListeners.attach(
            blocks.heard(), layer::equals, (l, inputs, outputs) -> outputs.set(0, output))) {
      // What the pass makes belongs to its input's manager, and is freed with the output.
      NDArray view = images.reshape(images.getShape());
      view.attach(output.getManager());
      return blocks.output(replacing.root(), view);
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
