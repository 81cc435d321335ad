package io.fmviz.network;

import io.fmviz.base.UserException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network, as it can be looked at before anything runs: images in, named tensors out. What runs
 * it is behind {@link #start}.
 */
public interface Network {
  /** Where it was found, as text: a file's path, perhaps, or an address; else what it is called. */
  String location();

  /**
   * The SHA-256 of all that it is made of, in hexadecimal: another one means another network; null
   * if it was read from no file.
   */
  String sha256();

  /** What it comes from. */
  default Origin origin() {
    return Origin.MODEL;
  }

  /** What it says of itself; empty if nothing. */
  Map<String, String> metadata();

  /** What images must be like. */
  InputForm input();

  /** What holds for it where nobody says otherwise. */
  default Defaults defaults() {
    return Defaults.ANY;
  }

  /** Every node, in forward order: each after those that it reads. */
  List<Node> nodes();

  /**
   * The nodes, and in their order what has weights and makes neither maps nor an output, a linear
   * layer in the middle: that counts, but can't be looked at, and has no index.
   */
  default List<Node> layers() {
    return nodes();
  }

  /** The network's own outputs, in its order. */
  List<Output> outputs();

  /** How many classes it tells apart, a value for each; 0 where it has none. */
  int classes();

  /** What the values of its answer mean. */
  default Scores scores() {
    return classes() == 0 ? Scores.NONE : Scores.LOGITS;
  }

  /** Which of several outputs its answer is; null where there is one, or none is it. */
  default String answerOutput() {
    return null;
  }

  /** The outputs that could be its answer, where it isn't known which one is; else none. */
  default List<Output> possibleAnswers() {
    return List.of();
  }

  /** What its classes are called, from 0 on, as it says itself; empty if it doesn't. */
  default List<String> classNames() {
    return List.of();
  }

  /** The files beside its own that hold weights of it, from its folder on. */
  default List<String> weightFiles() {
    return List.of();
  }

  /** What of it can't be looked at, and why: a sentence each, for people. */
  default List<String> notShown() {
    return List.of();
  }

  /** What makes its answers others than a person would expect: a sentence each, for people. */
  default List<String> warnings() {
    return List.of();
  }

  /** Its end, where that is a mean over positions and one linear layer; else nothing. */
  default Optional<LinearHead> head() {
    return Optional.empty();
  }

  /** Whether {@link #kernel} has something of a node. */
  boolean hasKernel(Node node);

  /**
   * How many weights a convolution or a linear layer uses at each position; biases are none.
   *
   * @param node one of {@link #layers}
   * @return 0 for other nodes
   */
  long weights(Node node);

  /** How many of its weights and biases are not finite: NaN or infinite. */
  long notNumbers();

  /** The weight of a convolution; nothing for other nodes. */
  Optional<Kernel> kernel(Node node);

  /**
   * Why there are no gradients of its answer by some nodes' outputs; nothing where there are, as
   * far as can be said before they are made.
   */
  default Optional<String> withoutGradients(List<Node> nodes) {
    return Optional.of(
        location() + " has no gradients: export it as ONNX, and take them of that file");
  }

  /**
   * Makes its backward pass.
   *
   * @throws io.fmviz.base.UserException if it has none, naming the operator in the way and the
   *     layer from which on there are gradients
   */
  default Gradients gradients(Gradients.Request request, Compute compute) {
    throw new UserException(withoutGradients(List.copyOf(request.nodes())).orElseThrow());
  }

  /** What it costs to run it, whatever the machine. */
  Costs costs();

  /**
   * Starts the engine that runs it.
   *
   * @throws io.fmviz.base.UserException if the engine can't be started or lacks the device
   */
  Session start(Compute compute);
}
