package io.fmviz.network.onnx.layers;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.UserException;
import io.fmviz.network.AnswerChoice;
import io.fmviz.network.DeadRule;
import io.fmviz.network.Kernel;
import io.fmviz.network.Node;
import io.fmviz.network.Output;
import io.fmviz.network.Window;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.GraphWalk;
import io.fmviz.network.onnx.graph.IntermediateOutput;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes nodes of a graph: what of it people call layers. */
public final class Layers {
  private final Graph graph;
  private final Constants constants;
  private final ShapeInference.Tensors found;
  private final PatternFusion modules;
  private final ReceptiveGeometry windows;
  private final DeadRules deadRules;
  private final Parameters parameters;
  private final Quantized quantized;
  private final Paths paths;
  private final AnswerTensor answer;
  private final ConvolutionWeights weights;
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<Node, LayerOutput> places = new LinkedHashMap<>();
  private final Set<String> withoutScale = new LinkedHashSet<>();
  private final List<Counted> counted = new ArrayList<>();
  private final Map<Node, Module> all = new LinkedHashMap<>();

  /**
   * What is counted.
   *
   * @param node null for what can't be looked at
   */
  private record Counted(Node node, Module module, String tensor, long parameters) {}

  /**
   * What goes into a layer.
   *
   * @param nodes the layers that it reads
   * @param between operators that are none, by way of which it reads them
   */
  private record Inputs(Set<Node> nodes, Set<Op> between) {
    Inputs() {
      this(new LinkedHashSet<>(), new HashSet<>());
    }
  }

  /** Where a node is in the graph. */
  public record LayerOutput(Module module, IntermediateOutput output) {}

  /**
   * The layers of a graph, with the answer that is chosen.
   *
   * @param inferred what its tensors are, with shapes as the graph has them
   * @throws InvalidValueException if there is no such output, or it can't be an answer
   */
  public Layers(
      Graph graph,
      Constants constants,
      ShapeInference.Tensors inferred,
      InputLayout layout,
      AnswerChoice choice) {
    this.graph = graph;
    this.constants = constants;
    this.found = LayoutSearch.in(graph, constants, inferred, layout);
    this.modules = new PatternFusion(graph, constants, found);
    this.windows = new ReceptiveGeometry(graph, constants, found);
    this.deadRules = new DeadRules(graph, modules, constants);
    this.parameters = new Parameters(constants);
    this.quantized = new Quantized(graph, constants);
    this.paths = new Paths(graph.ops());
    this.answer = AnswerTensor.of(new OutputEnds(graph, found, constants), choice);
    this.weights = new ConvolutionWeights(graph, constants);
    for (Op op : graph.ops()) {
      Module module = modules.of(op);
      if (module.last().equals(op)) {
        op.outputs().forEach(tensor -> add(module, tensor));
      }
    }
    // Last, so that no layer's path depends on what can't be looked at.
    counted.forEach(one -> all.put(one.node() == null ? hidden(one) : one.node(), one.module()));
  }

  private void add(Module module, String tensor) {
    if (!found.types().containsKey(tensor) && !found.sequences().contains(tensor)) {
      // What operators make of constants alone is no layer.
      return;
    }
    List<Integer> shape = found.tensors().get(tensor);
    IntermediateOutput output =
        shape == null || !isLayer(module, tensor, shape) ? null : output(tensor);
    long count = parameters.count(module);
    if (output == null) {
      if (count > 0) {
        counted.add(new Counted(null, module, tensor, count));
      }
      return;
    }
    Inputs read = read(module);
    Node node =
        new Node(
            new Node.Name(
                module.type(),
                counts.merge(module.type(), 1, Integer::sum),
                paths.of(module, tensor)),
            List.copyOf(read.nodes()),
            shape,
            count,
            shape.size() == 3 && read.between().stream().allMatch(this::keepsPlaces)
                ? windows.of(module)
                : null,
            traits(module, tensor));
    nodes.put(tensor, node);
    places.put(node, new LayerOutput(module, output));
    counted.add(new Counted(node, module, tensor, count));
  }

  private Node hidden(Counted one) {
    return new Node(
        new Node.Name(one.module().type(), 0, paths.of(one.module(), one.tensor())),
        List.copyOf(read(one.module()).nodes()),
        found.tensors().getOrDefault(one.tensor(), List.of()),
        one.parameters(),
        null,
        traits(one.module(), one.tensor(), null, null));
  }

  private boolean isLayer(Module module, String tensor, List<Integer> shape) {
    if (graph.isOutput(tensor) || tensor.equals(answer.tensor())) {
      return true;
    }
    boolean passes = module.operator().passing().keepsConstants();
    return shape.size() == 3 && !passes && !constants.has(tensor);
  }

  private IntermediateOutput output(String tensor) {
    ElementType type = found.types().getOrDefault(tensor, ElementType.OTHER);
    if (type.isReal()) {
      return IntermediateOutput.of(tensor, type).with(found.axis(tensor));
    }
    if (!type.isQuantized()) {
      return null;
    }
    IntermediateOutput output = quantized.output(tensor, type);
    if (output == null) {
      withoutScale.add(tensor);
      return null;
    }
    return output.with(found.axis(tensor));
  }

  private Node.Traits traits(Module module, String tensor) {
    DeadRule deadRule = deadRules.of(module);
    String note = Folding.note(module.first(), constants);
    return traits(module, tensor, deadRule, note);
  }

  private static Node.Traits traits(Module module, String tensor, DeadRule deadRule, String note) {
    List<String> operators =
        module.ops().stream()
            .map(op -> UserException.oneLine(op.proto().getName()))
            .filter(name -> !name.isEmpty())
            .toList();
    return new Node.Traits(UserException.oneLine(tensor), operators, deadRule, note, kind(module));
  }

  private static Node.Kind kind(Module module) {
    Operator operator = module.operator();
    if (operator.is(Operator.Trait.CONVOLUTION)) {
      return Node.Kind.CONVOLUTION;
    }
    if (operator.is(Operator.Trait.NORMALIZATION)) {
      return Node.Kind.NORMALIZATION;
    }
    return operator.is(Operator.Trait.ACTIVATION) ? Node.Kind.ACTIVATION : Node.Kind.OTHER;
  }

  /** The layers that a layer reads, by way of what is none. */
  private Inputs read(Module module) {
    Inputs read = new Inputs();
    Set<String> seen = new HashSet<>();
    for (Op op : module.ops()) {
      op.reads().forEach(tensor -> collect(tensor, module, seen, read));
    }
    return read;
  }

  private void collect(String tensor, Module reader, Set<String> seen, Inputs read) {
    Deque<String> left = new ArrayDeque<>(List.of(tensor));
    while (!left.isEmpty()) {
      String next = left.remove();
      Node node = nodes.get(next);
      Op maker = graph.maker(next);
      if (!seen.add(next)) {
        continue;
      }
      if (node != null) {
        read.nodes().add(node);
      } else if (maker != null && !reader.ops().contains(maker)) {
        read.between().add(maker);
        left.addAll(maker.reads());
      }
    }
  }

  /** Whether an operator makes no maps, or each of their values from those at the same place. */
  private boolean keepsPlaces(Op op) {
    List<Integer> shape = found.tensors().get(op.output());
    return shape == null || shape.size() != 3 || Window.POINT.equals(windows.of(modules.of(op)));
  }

  /** The nodes, and in their order what else has parameters. */
  public List<Node> all() {
    return List.copyOf(all.keySet());
  }

  /** What of the graph one of them is. */
  Module module(Node node) {
    return all.get(node);
  }

  public List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  public Map<Node, LayerOutput> places() {
    return places;
  }

  /** How many weights a product uses at each position; 0 for other layers. */
  public long weights(Node node) {
    Op op = module(node).first();
    return op.operator().inputs().weights().stream()
        .map(op::input)
        .filter(constants::has)
        .findFirst()
        .map(weight -> Math.max(0, constants.size(weight)))
        .orElse(0L);
  }

  /** Whether the weight of a node's convolution is known. */
  public boolean hasKernel(Node node) {
    LayerOutput place = places.get(node);
    Op op = place == null ? null : place.module().first();
    return op != null && op.operator().is(Operator.Trait.CONVOLUTION) && weights.isKnown(op);
  }

  /** The weight of a node's convolution, in real numbers. */
  public Kernel kernel(Node node) {
    return weights.of(places.get(node).module().first());
  }

  /** The model's outputs that can be looked at. */
  public List<Output> outputs() {
    return outputs(graph.outputs());
  }

  private List<Output> outputs(List<String> names) {
    List<Output> outputs = new ArrayList<>();
    for (String name : names) {
      if (nodes.containsKey(name)) {
        outputs.add(new Output(UserException.oneLine(name), nodes.get(name)));
      }
    }
    return outputs;
  }

  /** The outputs that could be the answer, where it isn't known which one is; else none. */
  public List<Output> possibleAnswers() {
    return outputs(answer.possible());
  }

  /** How the answer is made; null where the network has none. */
  public OutputEnd answer() {
    return answer.end();
  }

  /** What is to be said of the answer, a sentence each. */
  public List<String> notes() {
    return answer.notes();
  }

  /** The node that has a tensor, itself or by way of what passes it on; null if none has. */
  Node node(String tensor) {
    return nodes.get(
        new GraphWalk(graph)
            .back(
                tensor,
                op -> modules.of(op).operator().passing().keepsValues(),
                nodes::containsKey));
  }

  /** What each tensor is, with the layouts of maps. */
  public ShapeInference.Tensors found() {
    return found;
  }

  /** The node that has the values of the answer; null if the network has none. */
  public Node logits() {
    return answer.tensor() == null ? null : nodes.get(answer.tensor());
  }

  /** The quantized maps that can't be told in real numbers. */
  Set<String> withoutScale() {
    return withoutScale;
  }
}
