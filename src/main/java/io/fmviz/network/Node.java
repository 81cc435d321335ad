package io.fmviz.network;

import io.fmviz.base.Exact;
import java.util.List;
import java.util.Optional;

/**
 * A place in a network whose output can be looked at: what people call a layer. A node is looked up
 * once in {@link Network#nodes} and then carried; it is equal to itself only.
 */
public final class Node {
  private final Name name;
  private final List<Node> inputs;
  private final List<Integer> shape;
  private final long parameters;
  private final Window window;
  private final Traits traits;

  /**
   * What a node is called.
   *
   * @param type PyTorch's name for its kind where there is one: {@code Conv2d}, {@code ReLU}
   * @param index counts the nodes of its type in forward order, from 1; 0 for what can't be looked
   *     at
   * @param path as the network itself names the place, with dots between containers: {@code net.3}
   */
  public record Name(String type, int index, String path) {
    /** Type and index, {@code Conv2d_1}: unique in the network; the type of what has no index. */
    @Override
    public String toString() {
      return index == 0 ? type : type + "_" + index;
    }
  }

  /** What a node does, whatever it is called. */
  public enum Kind {
    /** Moves a weight over its input. */
    CONVOLUTION,
    /** Scales and shifts channels as it has learned. */
    NORMALIZATION,
    /** Bends each value, between layers that don't. */
    ACTIVATION,
    OTHER
  }

  /**
   * What is known of a node besides its shape.
   *
   * @param tensor what the file calls its output; null where it has no name
   * @param operators what the file calls the operators that it is, as Netron shows them
   * @param deadRule when one of its channels is dead; null where none ever is for certain
   * @param note what people must know of its output, a clause such as {@code holds the output of
   *     the BatchNorm2d behind it}; null for nothing
   */
  public record Traits(
      String tensor, List<String> operators, DeadRule deadRule, String note, Kind kind) {
    public Traits {
      operators = List.copyOf(operators);
    }

    /** Of a node without a name of its output, whose channels are dead where never above zero. */
    public static Traits of(Kind kind) {
      return new Traits(null, List.of(), DeadRule.upTo(0), null, kind);
    }
  }

  /** A node of another kind, without a name of its output. */
  public Node(Name name, List<Node> inputs, List<Integer> shape, long parameters, Window window) {
    this(name, inputs, shape, parameters, window, Traits.of(Kind.OTHER));
  }

  /**
   * A node.
   *
   * @param inputs the nodes that it reads; none where it reads the images
   * @param shape of its output for one image, without the batch: {@code (channel, height, width)}
   *     for maps, {@code (classes)} for logits
   * @param parameters how many weights and biases it has
   * @param window how it goes over its input; null where that isn't known, or it is no square
   */
  public Node(
      Name name,
      List<Node> inputs,
      List<Integer> shape,
      long parameters,
      Window window,
      Traits traits) {
    this.name = name;
    this.inputs = List.copyOf(inputs);
    this.shape = List.copyOf(shape);
    this.parameters = parameters;
    this.window = window;
    this.traits = traits;
  }

  /** Type and index, {@code Conv2d_1}: unique in the network. */
  public String name() {
    return name.toString();
  }

  public String type() {
    return name.type();
  }

  public String path() {
    return name.path();
  }

  /** The nodes that it reads; none where it reads the images. */
  public List<Node> inputs() {
    return inputs;
  }

  /** Of its output for one image, without the batch. */
  public List<Integer> shape() {
    return shape;
  }

  /** Whether its output is maps, {@code (channel, height, width)}. */
  public boolean hasMaps() {
    return shape.size() == 3;
  }

  public int channels() {
    return shape.get(0);
  }

  /** Of one map. */
  public int height() {
    return shape.get(1);
  }

  /** Of one map. */
  public int width() {
    return shape.get(2);
  }

  /** How many values its output has for one image. */
  public long size() {
    return Exact.product(shape);
  }

  /** How many weights and biases it has. */
  public long parameters() {
    return parameters;
  }

  /** How it goes over its input, where that is known. */
  public Optional<Window> window() {
    return Optional.ofNullable(window);
  }

  /** What the network's file calls its output, where it has a name. */
  public Optional<String> tensor() {
    return Optional.ofNullable(traits.tensor());
  }

  /** Whether the network's file calls its output so, or an operator that it is. */
  public boolean isCalled(String name) {
    return name.equals(traits.tensor()) || traits.operators().contains(name);
  }

  /** When one of its channels is dead; nothing where a channel may always have something to say. */
  public Optional<DeadRule> deadRule() {
    return Optional.ofNullable(traits.deadRule());
  }

  public Kind kind() {
    return traits.kind();
  }

  /** What people must know of its output, a clause. */
  public Optional<String> note() {
    return Optional.ofNullable(traits.note());
  }

  @Override
  public String toString() {
    return name();
  }
}
