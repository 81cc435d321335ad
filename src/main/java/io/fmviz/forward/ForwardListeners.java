package io.fmviz.forward;

import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.BlockList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Listeners on the blocks of any DJL network: what PyTorch calls forward hooks. For example, the
 * largest output of every ReLU of a perceptron with two branches, all weights 1, at the input 1.25:
 *
 * <pre>{@code
 * Block branches =
 *     new ParallelBlock(
 *             outputs ->
 *                 new NDList(outputs.get(0).singletonOrThrow().add(outputs.get(1).singletonOrThrow())))
 *         .add(Linear.builder().setUnits(8).build())
 *         .add(
 *             new SequentialBlock()
 *                 .add(Linear.builder().setUnits(8).build())
 *                 .add(Activation.reluBlock()));
 * Block net = new SequentialBlock().add(branches).add(Activation.reluBlock());
 *
 * try (ForwardListeners listeners =
 *     ForwardListeners.attach(
 *         net,
 *         layer -> layer.type().equals("ReLU"),
 *         (layer, inputs, output) ->
 *             System.out.println(
 *                 layer.name() + " at " + layer.path() + ": "
 *                     + output.singletonOrThrow().max().getFloat()))) {
 *   net.forward(parameterStore, new NDList(manager.create(new float[][] {{1.25f}})), false);
 * }
 * }</pre>
 *
 * prints
 *
 * <pre>
 * ReLU_1 at 0.1.1: 1.25
 * ReLU_2 at 1: 2.5
 * </pre>
 *
 * <p>The network itself is listened to, so a {@code Predictor}, a {@code Trainer} or a call of
 * either {@code forward} is heard alike. Until {@link #close}, a stand-in takes the place of each
 * chosen block in its parent; it delegates everything, so saved parameters are the same bytes with
 * and without listeners. Blocks that are not chosen are left alone, and after {@code close} the
 * network is as it was: it costs nothing where nobody listens.
 *
 * <p>Attach and close while no forward pass runs. Several attachments may overlap and be closed in
 * any order. A block that is in several places is a layer of its own in each.
 */
public final class ForwardListeners implements AutoCloseable {
  private final List<Layer> layers = new ArrayList<>();
  private final List<Attachment> attachments = new ArrayList<>();
  private Block root;

  private record Attachment(ChildSlot slot, ListeningBlock place, ListeningBlock.Runner runner) {}

  private ForwardListeners(Block root) {
    this.root = root;
  }

  /**
   * Attaches a listener to the chosen blocks of a network.
   *
   * @param root the network; its indices and paths are fixed by this call
   * @param chosen is asked for every block, the root and the containers too, in forward order
   * @throws IllegalArgumentException if a chosen block is kept in a place that can hold only its
   *     own class; nothing is attached then
   */
  public static ForwardListeners attach(
      Block root, Predicate<Layer> chosen, ForwardListener listener) {
    ForwardListeners attached = new ForwardListeners(root);
    try {
      attached.walk(null, root, List.of(), new HashMap<>(), chosen, listener);
    } catch (RuntimeException | Error e) {
      attached.close();
      throw e;
    }
    return attached;
  }

  /** Every block of a network as a layer, the root first, each container before its children. */
  public static List<Layer> layersOf(Block root) {
    try (ForwardListeners none = new ForwardListeners(root)) {
      List<Layer> all = new ArrayList<>();
      none.walk(null, root, List.of(), new HashMap<>(), layer -> !all.add(layer), (l, i, o) -> {});
      return all;
    }
  }

  /** The layers that are listened to, in forward order. */
  public List<Layer> layers() {
    return List.copyOf(layers);
  }

  /**
   * The network to call {@code forward} on: the root that was given, unless the root itself was
   * chosen. No parent holds a root, so a stand-in for it can only be handed out here.
   */
  public Block root() {
    return root;
  }

  /** Removes the listeners. Closing again does nothing. */
  @Override
  public void close() {
    for (Attachment a : attachments) {
      boolean unused = a.place().removeAndCheckEmpty(a.runner());
      if (unused && a.slot() != null && a.slot().holds(a.place())) {
        a.slot().put(a.place().delegate());
      }
    }
    attachments.clear();
    root = ListeningBlock.unwrap(root);
  }

  private void walk(
      ChildSlot slot,
      Block here,
      List<Integer> position,
      Map<String, Integer> counts,
      Predicate<Layer> chosen,
      ForwardListener listener) {
    Block block = ListeningBlock.unwrap(here);
    String type = TypeNames.of(block);
    Layer layer = new Layer(type, counts.merge(type, 1, Integer::sum), position, block);
    if (chosen.test(layer)) {
      attach(slot, here, layer, listener);
    }
    BlockList children = block.getChildren();
    for (int i = 0; i < children.size(); i++) {
      List<Integer> below = new ArrayList<>(position);
      below.add(i);
      walk(
          block instanceof AbstractBlock parent ? new ChildSlot(parent, i) : null,
          children.valueAt(i),
          below,
          counts,
          chosen,
          listener);
    }
  }

  private void attach(ChildSlot slot, Block here, Layer layer, ForwardListener listener) {
    ListeningBlock place =
        here instanceof ListeningBlock standing ? standing : new ListeningBlock(here);
    if (place != here) {
      if (slot != null) {
        slot.put(place);
      } else if (layer.position().isEmpty()) {
        root = place;
      } else {
        throw new IllegalArgumentException(
            "the parent of "
                + layer.name()
                + " at "
                + layer.path()
                + " is no AbstractBlock: a listener can't be attached there");
      }
    }
    ListeningBlock.Runner runner = new ListeningBlock.Runner(layer, listener);
    place.add(runner);
    attachments.add(new Attachment(slot, place, runner));
    layers.add(layer);
  }
}
