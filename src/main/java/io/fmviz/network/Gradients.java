package io.fmviz.network;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network's backward pass, ready to run: gradients of a target by its input and by the outputs of
 * nodes, for one image at a time.
 *
 * <pre>{@code
 * try (Gradients gradients = network.gradients(request, compute);
 *     Gradients.Forward forward = gradients.forward(image)) {
 *   float[] byPixels = forward.by(Target.ofClass(3)).input();
 * }
 * }</pre>
 */
public interface Gradients extends AutoCloseable {
  /** What a ReLU lets through backward. */
  enum Rectifier {
    /** The gradient where its input is above zero: the derivative. */
    GRADIENT,
    /** What of that is above zero itself (Springenberg et al. 2015). */
    GUIDED,
    /** What is above zero, whatever the input is (Zeiler and Fergus 2013). */
    DECONVNET
  }

  /**
   * What is asked for.
   *
   * @param of the target, or one of the same output
   * @param nodes by whose outputs
   * @param byInput whether by the network's input too
   */
  record Request(Target of, Set<Node> nodes, boolean byInput, Rectifier rectifier) {
    public Request {
      nodes = Set.copyOf(nodes);
    }
  }

  /** What is to be said of these gradients, a sentence each, for people. */
  List<String> notes();

  /**
   * Sends an image through the network, and holds what its gradients need.
   *
   * @param image a batch of one
   */
  Forward forward(Batch image);

  @Override
  void close();

  /** An image that went through. */
  interface Forward extends AutoCloseable {
    /** The answer, as {@link Session#run} returns it. */
    float[] answer();

    /** What one of the nodes that are asked for made, {@code (channels, height, width)}. */
    float[] output(Node node);

    /**
     * The gradients of a target.
     *
     * @param target of the output that was asked for
     */
    Slopes by(Target target);

    @Override
    void close();
  }

  /**
   * The gradients of one target for one image.
   *
   * @param value the target's
   * @param input by the image as the network takes it, {@code (channels, height, width)}; empty
   *     where that wasn't asked for
   * @param nodes by what each node made, in its shape
   */
  record Slopes(double value, float[] input, Map<Node, float[]> nodes) {}
}
