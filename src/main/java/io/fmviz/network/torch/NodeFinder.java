package io.fmviz.network.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.convolutional.Deconvolution;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import io.fmviz.forward.ForwardListeners;
import io.fmviz.forward.Layer;
import io.fmviz.network.InputForm;
import io.fmviz.network.Node;
import io.fmviz.network.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the nodes of a network of DJL's by running it once: who made each array, and who reads it.
 * What a block computes beside its children makes it a node of its own.
 */
final class NodeFinder {
  private static final Set<Parameter.Type> STATISTICS =
      Set.of(Parameter.Type.RUNNING_MEAN, Parameter.Type.RUNNING_VAR);

  /** DJL's Activation, under PyTorch's names. */
  private static final Set<String> ACTIVATIONS =
      Set.of("ReLU", "ReLU6", "LeakyReLU", "PReLU", "ELU", "SELU", "GELU", "SiLU", "Mish");

  /** The nodes that each array comes from: its maker, or what went into a block that is no node. */
  private final IdentityHashMap<NDArray, List<Node>> origins = new IdentityHashMap<>();

  private final Map<Layer, Node> nodes = new LinkedHashMap<>();

  /** What has been heard of the children of each block that isn't heard itself yet. */
  private final Map<List<Integer>, List<Call>> calls = new LinkedHashMap<>();

  /**
   * What was found.
   *
   * @param places of the nodes
   */
  record Outputs(Places places, List<Output> outputs) {}

  /** A block that ran. */
  private record Call(NDList inputs, NDList outputs) {
    boolean reads(NDArray array) {
      return inputs.stream().anyMatch(input -> input == array);
    }
  }

  private NodeFinder() {}

  static Outputs find(Block block, InputForm form) {
    NodeFinder finder = new NodeFinder();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        ForwardListeners listeners = ForwardListeners.attach(block, layer -> true, finder::heard)) {
      NDArray image =
          manager.zeros(
              new Shape(1, form.channels(), form.height(), form.width()), DataType.FLOAT32);
      // Who reads it reads no node; who passes it on is none.
      finder.origins.put(image, List.of());
      ParameterStore parameters = new ParameterStore(manager, false);
      NDList outputs =
          listeners.root().forward(parameters, new NDList(image), BlockSession.NOT_ASKED);
      return new Outputs(new Places(finder.nodes), finder.outputs(outputs));
    }
  }

  /** A block is heard after its children. */
  private void heard(Layer layer, NDList inputs, NDList outputs) {
    List<Call> children = calls.remove(layer.position());
    // The list, not the arrays in it, may be used again by who called.
    Call call = new Call(new NDList(inputs), new NDList(outputs));
    if (!layer.position().isEmpty()) {
      List<Integer> parent = layer.position().subList(0, layer.position().size() - 1);
      calls.computeIfAbsent(parent, position -> new ArrayList<>()).add(call);
    }
    List<Node> read =
        (children == null ? inputs.stream() : readByItself(call, children))
            .flatMap(array -> origins.getOrDefault(array, List.of()).stream())
            .distinct()
            .toList();
    boolean isNode =
        outputs.size() == 1 && !origins.containsKey(outputs.get(0)) && !nodes.containsKey(layer);
    List<Node> origin = isNode ? List.of(node(layer, read, outputs.get(0))) : read;
    outputs.forEach(output -> origins.putIfAbsent(output, origin));
  }

  /**
   * What a block works on itself: what its children made that no later one of them reads. A child
   * that passes on what the block was given, as a shortcut does, did so for the block.
   */
  private static Stream<NDArray> readByItself(Call call, List<Call> children) {
    List<NDArray> read = new ArrayList<>();
    for (int i = 0; i < children.size(); i++) {
      List<Call> later = children.subList(i + 1, children.size());
      for (NDArray output : children.get(i).outputs()) {
        if (call.reads(output) || later.stream().noneMatch(child -> child.reads(output))) {
          read.add(output);
        }
      }
    }
    return read.stream();
  }

  private Node node(Layer layer, List<Node> read, NDArray output) {
    Node node =
        new Node(
            new Node.Name(layer.type(), layer.index(), layer.path()),
            read,
            shape(output),
            parameters(layer.block()),
            null,
            Node.Traits.of(kind(layer)));
    nodes.put(layer, node);
    return node;
  }

  private static Node.Kind kind(Layer layer) {
    Block block = layer.block();
    if (block instanceof Convolution || block instanceof Deconvolution) {
      return Node.Kind.CONVOLUTION;
    }
    if (block instanceof BatchNorm) {
      return Node.Kind.NORMALIZATION;
    }
    return ACTIVATIONS.contains(layer.type()) ? Node.Kind.ACTIVATION : Node.Kind.OTHER;
  }

  private static List<Integer> shape(NDArray array) {
    return Arrays.stream(array.getShape().getShape()).skip(1).mapToObj(Math::toIntExact).toList();
  }

  /** How many weights and biases; what a BatchNorm has seen of its input is neither. */
  private static long parameters(Block block) {
    long count = 0;
    for (Parameter parameter : block.getDirectParameters().values()) {
      count += STATISTICS.contains(parameter.getType()) ? 0 : parameter.getArray().size();
    }
    return count;
  }

  private List<Output> outputs(NDList arrays) {
    List<Output> outputs = new ArrayList<>();
    for (NDArray array : arrays) {
      List<Node> origin = origins.getOrDefault(array, List.of());
      if (origin.size() == 1) {
        outputs.add(
            new Output(arrays.size() == 1 ? "output" : "output_" + outputs.size(), origin.get(0)));
      }
    }
    return outputs;
  }
}
