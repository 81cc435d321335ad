package io.fmviz.network;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * A network on its engine, ready to run. One thread runs it. Images of another form than {@link
 * Network#input} are refused with a {@link io.fmviz.base.UserException}.
 */
public interface Session extends AutoCloseable {
  /** Is told what a node made of a batch. */
  @FunctionalInterface
  interface Listener {
    /**
     * A node's output.
     *
     * @param values {@code (batch, ...)}, row by row, as the node's shape goes on; they are the
     *     engine's, and gone after the call
     */
    void heard(Node node, FloatBuffer values);
  }

  Network network();

  /** The device that was chosen, as {@code cpu} or {@code gpu:0}. */
  String device();

  /**
   * Has the calling thread run it from now on, which isn't the one that started it, with as many
   * threads of the engine's for one operation. Engines that keep that for the session do nothing.
   */
  default void takeOver(int threads) {}

  /**
   * Runs a batch.
   *
   * @param chosen nodes of this network's
   * @param listener is told of each of them, once, in forward order, on the calling thread
   * @return the answers, {@code (batch, classes)} as {@link Network#scores} says, row by row; one
   *     value each for a score, and empty where the network has no answer
   */
  default float[] run(Batch batch, Set<Node> chosen, Listener listener) {
    return run(batch, Map.of(), chosen, listener);
  }

  /**
   * Runs a batch with some channels set to zero as soon as they are made: whoever comes behind
   * them, listeners too, gets zeros.
   *
   * @param off channels, from 0, of nodes of this network's
   * @throws io.fmviz.base.UserException if one of them can't be set to zero
   */
  float[] run(Batch batch, Map<Node, Set<Integer>> off, Set<Node> chosen, Listener listener);

  /**
   * Runs a batch that nobody listens to, which the engine may do in a quicker way and beside
   * others: several may be under way.
   *
   * @return what {@link #run} returns
   */
  default Future<float[]> answer(Batch batch) {
    return CompletableFuture.completedFuture(run(batch, Set.of(), (node, values) -> {}));
  }

  /**
   * Runs a batch and holds it, so that what comes after some nodes can be run again.
   *
   * @param chosen nodes of this network's
   */
  ResumableBatch resumable(Batch batch, Set<Node> chosen);

  /**
   * Ends what another thread runs now, as soon as the engine can: it fails there. What is run next
   * isn't touched. Engines that run nothing long do nothing.
   */
  default void stop() {}

  /** Gives the system back the memory that the engine keeps for arrays to come. */
  default void releaseMemory() {}

  /**
   * Gives back all that can be made anew, when nothing will be run for a while: the next batch
   * takes the time of a first one. No batch may be held.
   */
  default void rest() {
    releaseMemory();
  }

  @Override
  void close();
}
