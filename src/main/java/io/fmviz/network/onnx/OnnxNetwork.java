package io.fmviz.network.onnx;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.photo.ClassNames;
import io.fmviz.network.AnswerChoice;
import io.fmviz.network.Compute;
import io.fmviz.network.Costs;
import io.fmviz.network.Gradients;
import io.fmviz.network.InputForm;
import io.fmviz.network.Kernel;
import io.fmviz.network.LinearHead;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Output;
import io.fmviz.network.Scores;
import io.fmviz.network.Session;
import io.fmviz.network.onnx.engine.Engine;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.file.ExternalData;
import io.fmviz.network.onnx.file.Structure;
import io.fmviz.network.onnx.gradient.GradientCompiler;
import io.fmviz.network.onnx.gradient.OnnxGradients;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.GraphEditor;
import io.fmviz.network.onnx.graph.GraphInput;
import io.fmviz.network.onnx.graph.IntermediateOutput;
import io.fmviz.network.onnx.layers.ComputedConstants;
import io.fmviz.network.onnx.layers.ConstantBranches;
import io.fmviz.network.onnx.layers.HeadSearch;
import io.fmviz.network.onnx.layers.InputLayout;
import io.fmviz.network.onnx.layers.LayeredGraph;
import io.fmviz.network.onnx.layers.Layers;
import io.fmviz.network.onnx.layers.NotShown;
import io.fmviz.network.onnx.layers.ShapeInference;
import io.fmviz.network.onnx.layers.TrainingMode;
import io.fmviz.network.onnx.run.OnnxSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A network that an ONNX file holds, for images of one size. */
public final class OnnxNetwork implements Network {
  private final OnnxModel model;
  private final Structure structure;
  private final Constants constants;
  private final LayeredGraph layered;
  private final List<String> classNames;
  private final List<String> warnings;
  private Long notNumbers;

  private OnnxNetwork(
      OnnxModel model,
      Structure structure,
      InputLayout layout,
      AnswerChoice choice,
      List<String> guesses) {
    this.model = model;
    Engine engine = new Engine(model.file());
    ValueInfoProto declared = structure.model().getGraph().getInput(0);
    ElementType type = ElementType.of(declared.getType().getTensorType().getElemType());
    IntermediateOutput output = IntermediateOutput.of(declared.getName(), type);
    int batch = (int) Math.max(0, model.inputDimensions()[0]);
    GraphInput input = GraphInput.floats(output, batch, layout.sides());
    Path folder = model.file().toAbsolutePath().getParent();
    TrainingMode ended =
        TrainingMode.ended(ConstantBranches.resolved(structure, input, batch, engine), folder);
    this.structure = ended.evaluated();
    Graph graph = new Graph(this.structure);
    GraphEditor editor = new GraphEditor(this.structure, graph);
    this.constants = new Constants(graph, this.structure.weights(), folder);
    constants.addComputed(ComputedConstants.of(editor, input, constants, engine));
    ShapeInference.Tensors inferred = ShapeInference.of(editor, input, batch, engine);
    List<String> own = ClassNames.find(model.file(), model.metadata());
    Integer known = own.isEmpty() ? null : (Integer) own.size();
    AnswerChoice answer = choice.classes() == null ? choice.of(known) : choice;
    Layers layers = new Layers(graph, constants, inferred, layout, answer);
    this.layered = new LayeredGraph(editor, layout, input, engine, layers);
    this.classNames = ownNames(own, layers);
    this.warnings =
        Stream.of(guesses, ended.warnings(), layers.notes()).flatMap(List::stream).toList();
  }

  /**
   * The network of a model.
   *
   * @param structure with one input, which pictures go into
   * @param guesses what was guessed of others, for people
   */
  static OnnxNetwork of(
      OnnxModel model,
      Structure structure,
      InputLayout layout,
      AnswerChoice choice,
      List<String> guesses) {
    return new OnnxNetwork(model, structure, layout, choice, guesses);
  }

  /** Those that the model comes with, where they name every class; else those in its graph. */
  private List<String> ownNames(List<String> names, Layers layers) {
    List<String> inGraph = layers.answer() == null ? List.of() : layers.answer().names();
    return Stream.of(names, inGraph)
        .filter(some -> some.size() == classes())
        .findFirst()
        .orElse(List.of());
  }

  @Override
  public String location() {
    return model.location();
  }

  @Override
  public String sha256() {
    return model.sha256();
  }

  @Override
  public Map<String, String> metadata() {
    return model.metadata();
  }

  @Override
  public InputForm input() {
    return layered.layout().form();
  }

  @Override
  public List<Node> nodes() {
    return layered.layers().nodes();
  }

  @Override
  public List<Node> layers() {
    return layered.layers().all();
  }

  @Override
  public List<Output> outputs() {
    return layered.layers().outputs();
  }

  @Override
  public int classes() {
    return layered.classes();
  }

  @Override
  public Scores scores() {
    return layered.scores();
  }

  @Override
  public String answerOutput() {
    Layers layers = layered.layers();
    boolean isChosen = layers.answer() != null && layered.editor().graph().outputs().size() > 1;
    return isChosen ? UserException.oneLine(layers.answer().output()) : null;
  }

  @Override
  public List<Output> possibleAnswers() {
    return layered.layers().possibleAnswers();
  }

  /**
   * As its metadata says, or a {@code config.json} beside it, or its graph, where these name every
   * class.
   */
  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public List<String> weightFiles() {
    return ExternalData.files(structure.model());
  }

  @Override
  public Optional<LinearHead> head() {
    Optional<LinearHead> head =
        new HeadSearch(layered.editor().graph(), constants, layered.layers()).head();
    boolean isOneValue = head.isPresent() && layered.layers().answer().values() == 1;
    return switch (scores()) {
      case TWO_CLASSES -> head.map(one -> one.ofTwo(0));
      case PROBABILITIES -> isOneValue ? head.map(one -> one.ofTwo(1)) : head;
      default -> head;
    };
  }

  /** The node whose output the logits are; nothing where there are none. */
  public Optional<Node> logits() {
    return layered.logits();
  }

  @Override
  public List<String> notShown() {
    return NotShown.of(layered.editor().graph(), layered.found(), layered.layers());
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public boolean hasKernel(Node node) {
    return layered.layers().hasKernel(node);
  }

  @Override
  public Optional<Kernel> kernel(Node node) {
    return hasKernel(node) ? Optional.of(layered.layers().kernel(node)) : Optional.empty();
  }

  @Override
  public long weights(Node node) {
    return layered.layers().weights(node);
  }

  @Override
  public long notNumbers() {
    if (notNumbers == null) {
      notNumbers = constants.notNumbers();
    }
    return notNumbers;
  }

  @Override
  public Optional<String> withoutGradients(List<Node> nodes) {
    GradientCompiler compiler = new GradientCompiler(layered, constants, structure.weights());
    return layered.logits().isEmpty()
        ? Optional.of(location() + " has no answer that gradients could be of")
        : nodes.stream()
            .map(
                node ->
                    compiler.without(node, layered.place(layered.logits().get()).output().tensor()))
            .flatMap(Optional::stream)
            .findFirst();
  }

  @Override
  public Gradients gradients(Gradients.Request request, Compute compute) {
    GradientCompiler compiler = new GradientCompiler(layered, constants, structure.weights());
    return new OnnxGradients(this, compiler, request, compute.threads());
  }

  /** 16 MB: ONNX Runtime is as quick with few images, and keeps more outputs than are asked for. */
  @Override
  public Costs costs() {
    return new Costs(1 << 22, true);
  }

  @Override
  public Session start(Compute compute) {
    if (!compute.device().matches("auto|cpu")) {
      throw new InvalidValueException(
          Settings.named("ONNX models run on the CPU: give {device} cpu, not ") + compute.device());
    }
    return new OnnxSession(this, layered, compute.threads());
  }
}
