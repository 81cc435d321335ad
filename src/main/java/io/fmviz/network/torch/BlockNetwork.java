package io.fmviz.network.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.fmviz.network.Compute;
import io.fmviz.network.InputForm;
import io.fmviz.network.Kernel;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Output;
import io.fmviz.network.Session;
import io.fmviz.runtime.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Any network of DJL's, as a program has built or loaded it. Its nodes are found by running it
 * once: every block without children, and every other whose output is none of its children's, such
 * as a ParallelBlock that adds. A node's path is the block's position, {@code 0.3}.
 *
 * <pre>{@code
 * Network network = new BlockNetwork("resnet", block, new InputForm(3, 224, 224));
 * try (Session session = network.start(Compute.onCpu(2))) {
 *   session.run(batch, Set.copyOf(network.nodes()), (node, values) -> ...);
 * }
 * }</pre>
 */
public final class BlockNetwork implements Network {
  private final String location;
  private final Block block;
  private final InputForm input;
  private final NodeFinder.Found found;

  /**
   * Looks at a network; it runs once, on an image of zeros.
   *
   * @param location what to call it
   * @param block initialized, on the CPU; it has one input, {@code (batch, channel, height, width)}
   */
  public BlockNetwork(String location, Block block, InputForm input) {
    this.location = location;
    this.block = block;
    this.input = input;
    this.found = NodeFinder.find(block, input);
  }

  @Override
  public String location() {
    return location;
  }

  /** Null: it was perhaps never written down. */
  @Override
  public String sha256() {
    return null;
  }

  @Override
  public Map<String, String> metadata() {
    return Map.of();
  }

  @Override
  public InputForm input() {
    return input;
  }

  @Override
  public List<Node> nodes() {
    return found.places().all();
  }

  @Override
  public List<Output> outputs() {
    return found.outputs();
  }

  @Override
  public int classes() {
    boolean logits = outputs().size() == 1 && outputs().get(0).node().shape().size() == 1;
    return logits ? outputs().get(0).node().shape().get(0) : 0;
  }

  @Override
  public boolean hasKernel(Node node) {
    return weight(node).isPresent();
  }

  @Override
  public long weights(Node node) {
    return parameter(node).map(NDArray::size).orElse(0L);
  }

  @Override
  public long notNumbers() {
    long count = 0;
    for (Parameter parameter : block.getParameters().values()) {
      for (float value : parameter.getArray().toFloatArray()) {
        count += Float.isFinite(value) ? 0 : 1;
      }
    }
    return count;
  }

  @Override
  public Optional<Kernel> kernel(Node node) {
    return weight(node).map(BlockNetwork::kernel);
  }

  private Optional<NDArray> weight(Node node) {
    return parameter(node).filter(weight -> weight.getShape().dimension() == 4);
  }

  /** Only convolutions and linear layers have one of that name. */
  private Optional<NDArray> parameter(Node node) {
    if (!found.places().has(node)) {
      return Optional.empty();
    }
    return Optional.of(found.places().layer(node).block().getDirectParameters())
        .filter(parameters -> parameters.contains("weight"))
        .map(parameters -> parameters.get("weight").getArray());
  }

  private static Kernel kernel(NDArray weight) {
    int[] shape = Arrays.stream(weight.getShape().getShape()).mapToInt(Math::toIntExact).toArray();
    return new Kernel(shape, weight.toFloatArray());
  }

  @Override
  public Session start(Compute compute) {
    Device device = Torch.start(compute.device(), compute.threads());
    NDManager manager = NDManager.newBaseManager(device);
    return new BlockSession(
        this,
        new BlockSession.Blocks(block, block, new ParameterStore(manager, false), found.places()),
        manager,
        manager::close);
  }
}
