package io.fmviz.network.onnx.gradient;

import io.fmviz.base.Exact;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Nearest;
import io.fmviz.base.UserException;
import io.fmviz.network.Batch;
import io.fmviz.network.Gradients;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Target;
import io.fmviz.network.onnx.engine.EngineMemory;
import io.fmviz.network.onnx.engine.LoadedModel;
import io.fmviz.network.onnx.engine.LoadedModel.Value;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.Edit;
import io.fmviz.network.onnx.graph.GraphInput;
import io.fmviz.network.onnx.graph.IntermediateOutput;
import io.fmviz.network.onnx.layers.LayeredGraph;
import io.fmviz.network.onnx.run.BatchImages;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network's backward pass on ONNX Runtime, beside a forward one that hands over what it needs.
 */
public final class OnnxGradients implements Gradients {
  private final Network network;
  private final LayeredGraph layered;
  private final IntermediateOutput target;
  private final List<Node> nodes;
  private final List<IntermediateOutput> by = new ArrayList<>();
  private final GraphInput input;
  private final GradientCompiler.Compiled compiled;
  private final LoadedModel forward;
  private final LoadedModel backward;

  /** Makes both passes of a network. */
  public OnnxGradients(Network network, GradientCompiler compiler, Request request, int threads) {
    this.network = network;
    this.layered = compiler.layered();
    this.input = ForwardValues.input(layered);
    this.target = target(request.of());
    this.nodes = layered.layers().nodes().stream().filter(request.nodes()::contains).toList();
    nodes.forEach(node -> by.add(layered.place(node).output()));
    if (request.byInput()) {
      IntermediateOutput whole = input.output();
      by.add(
          new IntermediateOutput(
              whole.tensor(), whole.type(), null, "", layered.layout().channelsLast()));
    }
    this.compiled = compiler.compile(target.tensor(), by, request.rectifier());
    Map<String, IntermediateOutput> outputs = new LinkedHashMap<>();
    compiled.reads().forEach(output -> outputs.put(output.name(), output));
    nodes.forEach(node -> put(layered.place(node).output(), outputs));
    layered.logits().ifPresent(node -> put(layered.place(node).output(), outputs));
    put(target, outputs);
    Edit edit = Edit.NONE.withOutputs(outputs.values()).withInputs(List.of(input));
    this.forward = new LoadedModel(layered.engine(), layered.editor().model(edit), threads);
    this.backward = new LoadedModel(layered.engine(), compiled.model(), threads);
  }

  private static void put(IntermediateOutput output, Map<String, IntermediateOutput> outputs) {
    outputs.put(output.name(), output);
  }

  /** The tensor that a target is of, as its graph has it. */
  private IntermediateOutput target(Target of) {
    if (of.label() != null) {
      Node logits =
          layered
              .logits()
              .orElseThrow(
                  () ->
                      new InvalidValueException(
                          "target",
                          "chooses a class, and %s has none".formatted(network.location())));
      if (of.label() >= layered.classes()) {
        throw new InvalidValueException(
            "target", "must be from 0 to %d, not %d".formatted(layered.classes() - 1, of.label()));
      }
      IntermediateOutput output = layered.place(logits).output();
      return new IntermediateOutput(
          output.tensor(), output.type(), output.scale(), output.zero(), false);
    }
    List<String> outputs = layered.editor().graph().outputs();
    if (!outputs.contains(of.output())) {
      List<String> names = outputs.stream().map(UserException::oneLine).toList();
      throw new InvalidValueException(
          "target",
          "takes a class, or an output with indices; the outputs are %s, not %s%s"
              .formatted(
                  String.join(", ", names),
                  UserException.oneLine(of.output()),
                  Nearest.hint(of.output(), names)));
    }
    return IntermediateOutput.of(
        of.output(), layered.found().types().getOrDefault(of.output(), ElementType.FLOAT));
  }

  @Override
  public List<String> notes() {
    return compiled.steps().isEmpty()
        ? List.of()
        : List.of(
            "no gradient goes through %s: its slope is zero wherever it has one"
                .formatted(String.join(", ", compiled.steps())));
  }

  @Override
  public Forward forward(Batch image) {
    if (image.size() != 1) {
      throw new IllegalArgumentException("one image at a time, not " + image.size());
    }
    image.requireFor(network);
    List<Long> sides = input.sides(Math.max(1, layered.found().batch()));
    FloatBuffer floats = EngineMemory.floats(Exact.product(sides));
    BatchImages.put(image, floats, layered.layout().channelsLast());
    Value value = Value.of(floats, sides);
    try {
      return new Held(value, forward.run(Map.of(input.output().name(), value)));
    } catch (RuntimeException e) {
      value.close();
      throw e;
    }
  }

  /** What an image's forward pass left. */
  private final class Held implements Forward {
    private final Value image;
    private final LoadedModel.Outputs outputs;

    Held(Value image, LoadedModel.Outputs outputs) {
      this.image = image;
      this.outputs = outputs;
    }

    @Override
    public float[] answer() {
      return layered
          .logits()
          .map(node -> layered.rows(first(outputs.value(layered.place(node).output().name()))))
          .orElse(new float[0]);
    }

    @Override
    public float[] output(Node node) {
      return first(outputs.value(layered.place(node).output().name()));
    }

    /** The first image's values, of all that went through at once. */
    private float[] first(Value value) {
      float[] all = value.floats();
      int batch = Math.max(1, layered.found().batch());
      return batch == 1 ? all : Arrays.copyOf(all, all.length / batch);
    }

    @Override
    public Slopes by(Target of) {
      if (!target(of).equals(target)) {
        throw new IllegalArgumentException(of + " is of another output");
      }
      float[] made = outputs.value(target.name()).floats();
      FloatBuffer seed = EngineMemory.floats(made.length);
      double value = seed(of, made, seed);
      List<Long> sides = Arrays.stream(compiled.seed()).boxed().toList();
      Map<String, Value> inputs = new LinkedHashMap<>();
      inputs.put(input.output().name(), image);
      compiled.reads().forEach(read -> inputs.put(read.name(), outputs.value(read.name())));
      try (Value seeded = Value.of(seed, sides)) {
        inputs.put(GradientCompiler.SEED, seeded);
        try (LoadedModel.Outputs slopes = backward.run(inputs)) {
          return slopes(value, slopes);
        }
      }
    }

    private Slopes slopes(double value, LoadedModel.Outputs slopes) {
      Map<Node, float[]> byNodes = new LinkedHashMap<>();
      for (int i = 0; i < nodes.size(); i++) {
        byNodes.put(nodes.get(i), first(slopes.value(GradientCompiler.output(i))));
      }
      boolean isByInput = by.size() > nodes.size();
      float[] byInput =
          isByInput ? first(slopes.value(GradientCompiler.output(nodes.size()))) : new float[0];
      return new Slopes(value, byInput, byNodes);
    }

    /** Sets what the target is of each of the tensor's values. */
    private double seed(Target of, float[] made, FloatBuffer seed) {
      if (of.label() != null) {
        boolean isTwo = layered.classes() == 2 && first(made).length == 1;
        int place = isTwo ? 0 : of.label();
        seed.put(place, isTwo && of.label() == 0 ? -1 : 1);
        return layered.rows(first(made))[of.label()];
      }
      int[] places = of.places(compiled.seed());
      double sum = 0;
      int largest = places[0];
      for (int place : places) {
        sum += made[place];
        largest = made[place] > made[largest] ? place : largest;
      }
      for (int place : of.sums() ? places : new int[] {largest}) {
        seed.put(place, 1);
      }
      return of.sums() ? sum : made[largest];
    }

    private float[] first(float[] all) {
      return Arrays.copyOf(all, all.length / Math.max(1, layered.found().batch()));
    }

    @Override
    public void close() {
      outputs.close();
      image.close();
    }
  }

  @Override
  public void close() {
    forward.close();
    backward.close();
  }

  /** The operators that gradients go through, by name, for a list of them. */
  public static Set<String> operators() {
    return Rules.names();
  }
}
