package io.fmviz.network.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SymbolBlock;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.training.ParameterStore;
import io.fmviz.base.UserException;
import io.fmviz.network.Compute;
import io.fmviz.network.Costs;
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
 * A network of DJL's blocks, as a program has built or loaded it. Its nodes are found by running it
 * once: every block without children, and every other whose output is none of its children's, such
 * as a ParallelBlock that adds. A node's path is the block's position, {@code 0.3}. A block that is
 * loaded whole, as a TorchScript module is, has no blocks in it: where it stands among others, it
 * is one node, and alone it is refused.
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
  private final NodeFinder.Outputs found;

  /**
   * Looks at a network; it runs once, on an image of zeros.
   *
   * @param location what to call it
   * @param block initialized, on the CPU; it has one input, {@code (batch, channel, height, width)}
   * @throws UserException if there is nothing in it to look at
   */
  public BlockNetwork(String location, Block block, InputForm input) {
    if (block instanceof SymbolBlock) {
      throw new UserException(
          "%s is %s, and nothing else: no layer of it can be looked at; export the network as ONNX, with torch.onnx.export, and open that"
              .formatted(location, whole(block)));
    }
    this.location = location;
    this.block = block;
    this.input = input;
    this.found = NodeFinder.find(block, input);
    if (nodes().isEmpty()) {
      throw new UserException(
          "%s has no layer that can be looked at: none of its blocks makes an array of its own"
              .formatted(location));
    }
  }

  /** A block that its engine runs as a whole. */
  private static String whole(Block block) {
    return block instanceof PtSymbolBlock
        ? "a TorchScript module (PtSymbolBlock), of which libtorch's bridge to Java gives no intermediate tensors"
        : "a %s, of which its engine gives no intermediate tensors"
            .formatted(block.getClass().getSimpleName());
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
  public List<String> notShown() {
    return nodes().stream()
        .filter(node -> block(node) instanceof SymbolBlock)
        .map(node -> "%s, at %s, is %s".formatted(node, node.path(), whole(block(node))))
        .toList();
  }

  private Block block(Node node) {
    return found.places().layer(node).block();
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
    return Optional.of(block(node).getDirectParameters())
        .filter(parameters -> parameters.contains("weight"))
        .map(parameters -> parameters.get("weight").getArray());
  }

  private static Kernel kernel(NDArray weight) {
    int[] shape = Arrays.stream(weight.getShape().getShape()).mapToInt(Math::toIntExact).toArray();
    return new Kernel(shape, weight.toFloatArray());
  }

  /**
   * 16 MB: libtorch keeps the outputs of all blocks until a batch is through, of which a network
   * may have hundreds. Listeners hold a node and set channels to zero within a run.
   */
  @Override
  public Costs costs() {
    return new Costs(1 << 22, false);
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
