package io.fmviz.network.onnx.layers;

import io.fmviz.base.Exact;
import io.fmviz.base.UserException;
import io.fmviz.network.onnx.engine.Engine;
import io.fmviz.network.onnx.engine.ShapeSession;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.ChannelAxis;
import io.fmviz.network.onnx.graph.Edit;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.GraphEditor;
import io.fmviz.network.onnx.graph.GraphInput;
import io.fmviz.network.onnx.graph.IntermediateOutput;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out what each tensor is: ONNX Runtime infers types and shapes as it loads a model whose
 * tensors are all outputs. For what it can't infer it computes the shapes alone, on zeros: those
 * that follow from the picture's size as the model is loaded, others by running it.
 */
public final class ShapeInference {
  /** Stands for the number of images in a shape, and for what isn't known. */
  private static final long ANY = -2;

  private static final long UNKNOWN = -1;

  private final GraphEditor editor;
  private final GraphInput input;
  private final int declaredBatch;
  private final Map<String, ElementType> types = new LinkedHashMap<>();
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Set<String> sequences = new LinkedHashSet<>();

  /**
   * What was found.
   *
   * @param tensors those with a batch in front, whose shape is the same for all pictures: their
   *     shapes without the batch, of maps channels first, whatever the graph has
   * @param types of all tensors that the pictures go into
   * @param batch how many images go through at once; 0 for any number
   * @param sequences the tensors that are lists of tensors
   * @param ranks how many dimensions each tensor has, with the batch
   * @param layouts of the maps
   */
  public record Tensors(
      Map<String, List<Integer>> tensors,
      Map<String, ElementType> types,
      int batch,
      Set<String> sequences,
      Map<String, Integer> ranks,
      Layouts layouts) {
    /** The same with layouts, and the shapes that follow from them. */
    Tensors with(Map<String, List<Integer>> shapes, Layouts other) {
      return new Tensors(shapes, types, batch, sequences, ranks, other);
    }

    /** Where a tensor of four dimensions has its channels; null for others. */
    ChannelAxis axis(String tensor) {
      boolean isLast = layouts.channelsLast().contains(tensor);
      return isLast
          ? ChannelAxis.LAST
          : ranks.getOrDefault(tensor, 0) == 4 ? ChannelAxis.FIRST : null;
    }

    /** Whether an operator only gives maps another layout. */
    boolean isRelaid(Op op) {
      return layouts.relaid().contains(op.output());
    }

    /** Whether all values of an image come out of an operator in their order. */
    boolean keepsOrder(Op op) {
      return op.operator().passing().keepsOrder() || (op.is("Transpose") && movesOnlyOnes(op));
    }

    private boolean movesOnlyOnes(Op op) {
      long[] order = op.numbers("perm");
      List<Integer> shape = tensors.get(op.output());
      return order.length > 0
          && order[0] == 0
          && shape != null
          && shape.stream().filter(side -> side != 1).count() <= 1;
    }

    /** The sides of maps, channels first. */
    static List<Integer> channelsFirst(List<Integer> sides, ChannelAxis axis) {
      return axis == ChannelAxis.LAST && sides.size() == 3
          ? List.of(sides.get(2), sides.get(0), sides.get(1))
          : sides;
    }
  }

  /**
   * How maps lie in their tensors, where that is not channels first.
   *
   * @param channelsLast the tensors that have their channels last
   * @param relaid those that are the maps of another one, in the other layout
   */
  public record Layouts(Set<String> channelsLast, Set<String> relaid) {
    /** All have their channels first. */
    public static final Layouts FIRST = new Layouts(Set.of(), Set.of());
  }

  private ShapeInference(GraphEditor editor, GraphInput input, int declaredBatch) {
    this.editor = editor;
    this.input = input;
    this.declaredBatch = declaredBatch;
  }

  public static Tensors of(GraphEditor editor, GraphInput input, int declaredBatch, Engine engine) {
    return new ShapeInference(editor, input, declaredBatch).look(engine);
  }

  private Tensors look(Engine engine) {
    Graph graph = editor.graph();
    Set<String> wanted = new LinkedHashSet<>(graph.outputs());
    Set<String> fromPictures = graph.fromPictures();
    graph.ops().forEach(op -> wanted.addAll(op.outputs()));
    wanted.removeIf(name -> !fromPictures.contains(name));
    if (wanted.isEmpty()) {
      throw new UserException(
          engine.file() + " makes nothing of its input: export it again, with outputs");
    }
    Edit all =
        Edit.NONE
            .withOutputs(wanted.stream().map(IntermediateOutput::asIs).toList())
            .withInputs(List.of(input));
    int batch = declaredBatch;
    try (ShapeSession session = new ShapeSession(engine, editor.model(all))) {
      infer(session.outputs());
    }
    Set<String> unknown = unknown();
    if (!unknown.isEmpty()) {
      Edit shapes = Edit.NONE.withShapes(unknown).withInputs(List.of(input));
      try (ShapeSession session = ShapeSession.folded(engine, editor.model(shapes))) {
        batch = run(session, unknown);
      }
    }
    if (batch == 0 && graph.outputs().stream().anyMatch(this::isOfOne)) {
      batch = 1;
    }
    return found(batch, fromPictures, engine);
  }

  private void infer(Map<String, ShapeSession.InferredOutput> outputs) {
    outputs.forEach(
        (name, output) -> {
          if (output.type() == null) {
            sequences.add(name);
            return;
          }
          types.put(name, output.type());
          long[] shape = longs(output.sides());
          for (int i = 0; i < shape.length; i++) {
            boolean isBatch = shape[i] < 0 && GraphInput.BATCH.equals(output.names().get(i));
            shape[i] = isBatch ? ANY : shape[i] < 0 ? UNKNOWN : shape[i];
          }
          shapes.put(name, shape);
        });
  }

  private static long[] longs(List<Long> sides) {
    return sides.stream().mapToLong(Long::longValue).toArray();
  }

  /** A shape without dimensions is a number's, or isn't known at all. */
  private Set<String> unknown() {
    Set<String> varying = varying();
    Set<String> unknown = new LinkedHashSet<>();
    shapes.forEach(
        (name, shape) -> {
          boolean isKnown = shape.length > 0;
          for (long side : shape) {
            isKnown &= side != UNKNOWN;
          }
          ElementType type = types.get(name);
          if (!isKnown && !varying.contains(name) && (type.isReal() || type.isQuantized())) {
            unknown.add(name);
          }
        });
    return unknown;
  }

  private Set<String> varying() {
    Set<String> names = new HashSet<>();
    for (Op op : editor.graph().ops()) {
      if (op.operator().is(Operator.Trait.VARYING)
          || op.reads().stream().anyMatch(names::contains)) {
        names.addAll(op.outputs());
      }
    }
    return names;
  }

  /** Runs two images if that is possible, else one; how many go at once. */
  private int run(ShapeSession session, Set<String> unknown) {
    if (declaredBatch > 0) {
      run(session, unknown, declaredBatch);
      return declaredBatch;
    }
    if (runsTwo(session, unknown)) {
      return 0;
    }
    run(session, unknown, 1);
    return 1;
  }

  /** Whether two images can go through at once, and each has outputs of its own. */
  private boolean runsTwo(ShapeSession session, Set<String> unknown) {
    try {
      run(session, unknown, 2);
    } catch (UserException e) {
      return false;
    }
    return editor.graph().outputs().stream().noneMatch(this::isOfOne);
  }

  private void run(ShapeSession session, Set<String> unknown, int batch) {
    Set<String> wanted = unknown.stream().map(Edit::shapeOf).collect(Collectors.toSet());
    Map<String, List<Long>> found = session.run(input.output().name(), input.sides(batch), wanted);
    for (String name : unknown) {
      long[] shape = longs(found.get(Edit.shapeOf(name)));
      if (shape.length > 0 && shape[0] == batch) {
        shape[0] = ANY;
      }
      shapes.put(name, shape);
    }
  }

  private boolean isOfOne(String output) {
    long[] shape = shapes.get(output);
    return shape != null && shape.length > 1 && shape[0] == 1 && types.get(output).isReal();
  }

  private static void requireFew(Engine engine, String name, List<Integer> sides) {
    if (Exact.atMost(sides) > Integer.MAX_VALUE) {
      throw new UserException(
          "%s makes %s of an image, for %s: more values than can be looked at"
              .formatted(
                  engine.file(),
                  sides.stream().map(String::valueOf).collect(Collectors.joining(" x ")),
                  name),
          "export it for smaller pictures",
          null);
    }
  }

  private Tensors found(int batch, Set<String> fromPictures, Engine engine) {
    Map<String, List<Integer>> tensors = new LinkedHashMap<>();
    Map<String, Integer> ranks = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> {
          ranks.put(name, shape.length);
          boolean hasBatch =
              shape.length > 0 && (shape[0] == ANY || (batch > 0 && shape[0] == batch));
          List<Integer> sides = new ArrayList<>();
          for (int i = 1; i < shape.length; i++) {
            hasBatch &= shape[i] > 0 && shape[i] <= Integer.MAX_VALUE;
            sides.add((int) shape[i]);
          }
          if (hasBatch && fromPictures.contains(name)) {
            requireFew(engine, name, sides);
            tensors.put(name, sides);
          }
        });
    return new Tensors(tensors, types, batch, sequences, ranks, Layouts.FIRST);
  }
}
