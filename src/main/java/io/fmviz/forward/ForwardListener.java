package io.fmviz.forward;

import ai.djl.ndarray.NDList;

/** Is told of every forward pass through a block that it was attached to. */
@FunctionalInterface
public interface ForwardListener {
  /**
   * Called right after the block's forward returned, on the same thread. The arrays belong to the
   * forward pass: copy what must outlive it, and do not change or close them; but another array may
   * be put into the output's list, and the network goes on with that. An exception that is thrown
   * here ends the forward pass.
   *
   * @param layer the block that ran
   * @param inputs what it was given
   * @param output what it returned
   */
  void onForward(Layer layer, NDList inputs, NDList output);
}
