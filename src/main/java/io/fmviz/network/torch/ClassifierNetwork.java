package io.fmviz.network.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.fmviz.dataset.photo.DeclaredInput;
import io.fmviz.dataset.photo.Preprocessing;
import io.fmviz.forward.ForwardListeners;
import io.fmviz.forward.Layer;
import io.fmviz.network.Compute;
import io.fmviz.network.Costs;
import io.fmviz.network.Defaults;
import io.fmviz.network.InputForm;
import io.fmviz.network.Kernel;
import io.fmviz.network.LinearHead;
import io.fmviz.network.Network;
import io.fmviz.network.NetworkKind;
import io.fmviz.network.Node;
import io.fmviz.network.Origin;
import io.fmviz.network.Output;
import io.fmviz.network.Session;
import io.fmviz.runtime.Torch;
import io.fmviz.tensor.Tensor;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** A classifier, as a checkpoint holds it; or one without weights yet, to look at its layers. */
public final class ClassifierNetwork implements Network {
  private final ClassifierWidths widths;
  private final SavedClassifier saved;
  private final String location;
  private final List<Node> nodes;
  private final Preprocessing reading;
  private Long notNumbers;

  private ClassifierNetwork(
      ClassifierWidths widths, SavedClassifier saved, String location, Preprocessing reading) {
    this.reading = reading;
    this.location = location;
    this.widths = widths;
    this.saved = saved;
    int side = widths.topology().side();
    this.nodes = widths.topology().nodes(widths, side, side);
  }

  /** The network of a checkpoint. */
  public ClassifierNetwork(SavedClassifier saved) {
    this(saved.widths(), saved, saved.file().toString(), null);
  }

  /** A network without weights: it can't be started. */
  public static ClassifierNetwork untrained(ClassifierWidths widths) {
    return new ClassifierNetwork(widths, null, "untrained", null);
  }

  /** The same network, of whose file the one that was read is a copy. */
  ClassifierNetwork of(String original) {
    return new ClassifierNetwork(widths, saved, original, reading);
  }

  /** The same network, for pictures that are read in some way. */
  public ClassifierNetwork reading(NetworkKind.Reading way) {
    return new ClassifierNetwork(widths, saved, location, digits(way, input()));
  }

  /** How pictures are read: as digits, unless somebody says otherwise. */
  public static Preprocessing digits(NetworkKind.Reading way, InputForm form) {
    long[] images = {1, form.channels(), form.height(), form.width()};
    return way.of(DeclaredInput.ofReals(images), null, Map.of("fmviz.fit", "digit"));
  }

  @Override
  public Origin origin() {
    return Origin.CHECKPOINT;
  }

  /** A reference in PyTorch shows the same of the same datasets. */
  @Override
  public Defaults defaults() {
    return new Defaults(true, true, true);
  }

  /** 64 MB: many small images at once keep the threads busy. */
  @Override
  public Costs costs() {
    return new Costs(1 << 24, false);
  }

  @Override
  public String location() {
    return location;
  }

  /** Of the bytes that were read; null if it was made from another one, or is untrained. */
  @Override
  public String sha256() {
    return saved == null ? null : saved.checkpoint().sha256();
  }

  @Override
  public Map<String, String> metadata() {
    return saved == null ? Map.of() : saved.metadata();
  }

  @Override
  public InputForm input() {
    int side = widths.topology().side();
    return new InputForm(widths.input(), side, side, reading);
  }

  @Override
  public List<Node> nodes() {
    return nodes;
  }

  @Override
  public List<Output> outputs() {
    return List.of(new Output("logits", nodes.get(nodes.size() - 1)));
  }

  @Override
  public int classes() {
    return widths.classes();
  }

  @Override
  public boolean hasKernel(Node node) {
    return nodes.contains(node) && layer(node).kind() == ClassifierLayer.Kind.CONVOLUTION;
  }

  /** Each of its layers with weights has a bias for each channel or class. */
  @Override
  public long weights(Node node) {
    return node.parameters() == 0 ? 0 : node.parameters() - node.shape().get(0);
  }

  @Override
  public long notNumbers() {
    if (notNumbers == null) {
      notNumbers = saved == null ? 0 : saved.notNumbers();
    }
    return notNumbers;
  }

  @Override
  public Optional<Kernel> kernel(Node node) {
    if (!hasKernel(node)) {
      return Optional.empty();
    }
    Tensor weight = saved.tensors().get(layer(node).weight());
    int[] shape = LongStream.of(weight.shape()).mapToInt(Math::toIntExact).toArray();
    return Optional.of(new Kernel(shape, weight.floats()));
  }

  /** The layers before the last two, and the linear layer's parameters. */
  @Override
  public Optional<LinearHead> head() {
    return saved == null
        ? Optional.empty()
        : Optional.of(
            new LinearHead(
                nodes.get(nodes.size() - 3),
                saved.tensors().get(widths.topology().linear().weight()).floats(),
                saved.tensors().get(widths.topology().linear().bias()).floats()));
  }

  private ClassifierLayer layer(Node node) {
    return widths.topology().layers().get(nodes.indexOf(node));
  }

  @Override
  public Session start(Compute compute) {
    Device device = Torch.start(compute.device(), compute.threads());
    NDManager manager = NDManager.newBaseManager(device);
    try {
      return session(new Classifier(manager, widths, saved), manager, manager::close);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * A session of a classifier that is being trained, on the manager's device. Closing it leaves
   * both as they are.
   */
  public static Session session(Classifier classifier, NDManager manager) {
    return untrained(classifier.widths()).session(classifier, manager, () -> {});
  }

  private Session session(Classifier classifier, NDManager manager, Runnable closing) {
    return new BlockSession(
        this,
        new BlockSession.Blocks(
            classifier.block(),
            classifier.unobserved(),
            classifier.parameterStore(),
            places(classifier)),
        manager,
        closing);
  }

  /** Every block without children is a node, but for the one that only reshapes. */
  private Places places(Classifier classifier) {
    Iterator<Node> next = nodes.iterator();
    Map<Layer, Node> byLayer = new LinkedHashMap<>();
    for (Layer layer : ForwardListeners.layersOf(classifier.block())) {
      if (layer.block().getChildren().isEmpty() && !layer.type().equals("Flatten")) {
        byLayer.put(layer, next.next());
      }
    }
    return new Places(byLayer);
  }
}
