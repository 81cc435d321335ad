package io.fmviz.network.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.fmviz.forward.ForwardListeners;
import io.fmviz.forward.Layer;
import io.fmviz.network.Batch;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.ResumableBatch;
import io.fmviz.network.Session;
import io.fmviz.runtime.Torch;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/** A network of DJL's on its device, looked at through forward listeners. */
final class BlockSession implements Session {
  /**
   * DJL's training flag, which no layer heeds outside training. With it, each block that is run
   * would first collect the parameters of all below it to ask whether they are there.
   */
  static final boolean NOT_ASKED = false;

  private final Network network;
  private final Blocks blocks;
  private final NDManager manager;
  private final Runnable closing;
  private final BatchArrays arrays = new BatchArrays();

  /** Listeners stay from one batch to the next, as long as the same nodes are chosen. */
  private ForwardListeners listeners;

  private Set<Node> listenedTo;
  private BiConsumer<Node, NDArray> listener;
  private Lanes lanes;
  private int submitted;

  /**
   * What runs.
   *
   * @param heard the network, for listeners
   * @param unheard what gives the same output where nobody listens, perhaps sooner
   * @param places of the network's nodes in the block that is heard
   */
  record Blocks(Block heard, Block unheard, ParameterStore parameters, Places places) {
    NDArray output(Block block, NDArray images) {
      return block.forward(parameters, new NDList(images), NOT_ASKED).get(0);
    }
  }

  /**
   * A session.
   *
   * @param manager of the device, in which batches get sub-managers
   * @param closing what is to be closed with it
   */
  BlockSession(Network network, Blocks blocks, NDManager manager, Runnable closing) {
    this.network = network;
    this.blocks = blocks;
    this.manager = manager;
    this.closing = closing;
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public String device() {
    return Torch.name(manager.getDevice());
  }

  /** PyTorch keeps the number for each of Java's threads. */
  @Override
  public void takeOver(int threads) {
    Torch.useThreads(threads);
  }

  @Override
  public float[] run(Batch batch, Map<Node, Set<Integer>> off, Set<Node> chosen, Listener told) {
    batch.requireFor(network);
    Set<Node> listenedTo = new HashSet<>(chosen);
    listenedTo.addAll(off.keySet());
    listen(listenedTo);
    Set<Node> heard = new HashSet<>();
    listener =
        (node, output) -> {
          // What comes behind gets the same array.
          off.getOrDefault(node, Set.of()).forEach(c -> output.set(new NDIndex(":, " + c), 0f));
          // A block that runs more than once is heard the first time.
          if (heard.add(node) && chosen.contains(node)) {
            told.heard(node, values(output));
          }
        };
    try (NDManager scope = manager.newSubManager()) {
      return logits(blocks.output(listeners.root(), arrays.images(scope, batch)));
    }
  }

  @Override
  public Future<float[]> answer(Batch batch) {
    batch.requireFor(network);
    detach();
    if (lanes == null) {
      lanes = new Lanes(manager.getDevice());
    }
    return lanes.submit(
        submitted++,
        memory -> {
          try (NDManager scope = manager.newSubManager()) {
            return logits(blocks.output(blocks.unheard(), memory.images(scope, batch)));
          }
        });
  }

  @Override
  public ResumableBatch resumable(Batch batch, Set<Node> chosen) {
    batch.requireFor(network);
    listen(chosen);
    Map<Node, NDArray> held = new HashMap<>();
    listener = held::putIfAbsent;
    NDManager scope = manager.newSubManager();
    try {
      // Memory of its own: other batches may come before it is done with.
      NDArray images = new BatchArrays().images(scope, batch);
      float[] logits = logits(blocks.output(listeners.root(), images));
      detach();
      return new ResumableBlockBatch(this, blocks, scope, images, logits, held);
    } catch (RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  float[] logits(NDArray output) {
    return network.classes() == 0 ? new float[0] : output.toFloatArray();
  }

  private void listen(Set<Node> chosen) {
    if (listeners != null && chosen.equals(listenedTo)) {
      return;
    }
    quiet();
    listeners =
        ForwardListeners.attach(
            blocks.heard(),
            layer -> isChosen(layer, chosen),
            (layer, inputs, output) ->
                listener.accept(blocks.places().node(layer), output.singletonOrThrow()));
    listenedTo = Set.copyOf(chosen);
    if (listeners.layers().size() != chosen.size()) {
      detach();
      throw new IllegalArgumentException("some of the nodes belong to another network");
    }
  }

  private boolean isChosen(Layer layer, Set<Node> chosen) {
    Node node = blocks.places().node(layer);
    return node != null && chosen.contains(node);
  }

  /** Ends listening and waits for answers: nothing may run while other listeners are attached. */
  void quiet() {
    detach();
    if (lanes != null) {
      lanes.finish();
    }
  }

  private void detach() {
    if (listeners != null) {
      listeners.close();
      listeners = null;
    }
  }

  /** An array's values, row by row; no copy where the engine has them so. */
  static FloatBuffer values(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  @Override
  public void releaseMemory() {
    Torch.releaseMemory();
  }

  @Override
  public void close() {
    try {
      detach();
      if (lanes != null) {
        lanes.close();
      }
    } finally {
      closing.run();
    }
  }
}
