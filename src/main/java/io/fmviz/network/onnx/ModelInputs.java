package io.fmviz.network.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Numbers;
import io.fmviz.base.UserException;
import io.fmviz.network.InputForm;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.file.Structure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A model's inputs: the one that pictures go into, and others, which get the same values for all
 * pictures.
 *
 * @param others in the model's order
 */
record ModelInputs(Path file, ValueInfoProto pictures, List<ValueInfoProto> others) {
  private static final int FLOATS_OF_ALL = 1 << 29;
  private static final int MOST_NAMED = 100;
  private static final Set<ElementType> WHOLE =
      Set.of(ElementType.UINT8, ElementType.INT8, ElementType.INT32, ElementType.INT64);

  /**
   * Finds them.
   *
   * @throws UserException if none can take pictures
   */
  static ModelInputs of(GraphProto graph, Path file) {
    List<ValueInfoProto> all = graph.getInputList();
    if (all.isEmpty()) {
      throw new UserException(file + " has no input for pictures: export it with one");
    }
    ValueInfoProto pictures =
        all.stream()
            .filter(input -> isNumbers(input) && takesPictures(input))
            .min(Comparator.comparingInt(ModelInputs::unlikeliness))
            .orElse(all.get(0));
    check(pictures, all, file);
    return new ModelInputs(
        file, pictures, all.stream().filter(input -> !input.equals(pictures)).toList());
  }

  private static boolean isNumbers(ValueInfoProto input) {
    ElementType type = type(input);
    return input.getType().hasTensorType() && (type.isReal() || WHOLE.contains(type));
  }

  private static boolean takesPictures(ValueInfoProto input) {
    TypeProto.Tensor tensor = input.getType().getTensorType();
    return !tensor.hasShape() || tensor.getShape().getDimCount() == 4;
  }

  /** Colours first, then other numbers of channels that pictures have, then any. */
  private static int unlikeliness(ValueInfoProto input) {
    long[] sides = sides(input);
    if (sides.length != 4) {
      return 3;
    }
    // Behind a side as short as that, three are a kernel's columns.
    boolean channelsLast = sides[1] < 0 || sides[1] > 4;
    return sides[1] == 3 || (channelsLast && sides[3] == 3)
        ? 0
        : sides[1] == 1 || sides[3] == 1 || sides[1] == 4 || sides[3] == 4 ? 1 : 2;
  }

  private static void check(ValueInfoProto input, List<ValueInfoProto> all, Path file) {
    if (!isNumbers(input)) {
      throw new UserException(
          "%s's input %s doesn't take numbers: export it with an input of float32"
              .formatted(file, cut(input.getName())));
    }
    if (!takesPictures(input)) {
      throw new UserException(
          all.size() == 1
              ? "%s's input %s has %s: pictures take four, (batch, channels, height, width)"
                  .formatted(
                      file, cut(input.getName()), Numbers.count(sides(input).length, "dimension"))
              : "none of %s's inputs (%s) has the four dimensions of pictures, (batch, channels, height, width)"
                  .formatted(file, cut(names(all))));
    }
    long values = 1;
    for (long side : sides(input)) {
      values =
          side > FLOATS_OF_ALL
              ? Long.MAX_VALUE
              : Math.max(1, side) * Math.min(values, FLOATS_OF_ALL);
    }
    if (values > FLOATS_OF_ALL) {
      throw new UserException(
          "%s's input %s is larger than any picture: export it for smaller ones"
              .formatted(file, OnnxModel.text(sides(input))));
    }
  }

  private static String names(List<ValueInfoProto> inputs) {
    return inputs.stream().map(ValueInfoProto::getName).collect(Collectors.joining(", "));
  }

  private static String cut(String name) {
    return name.length() > MOST_NAMED ? name.substring(0, MOST_NAMED) + "..." : name;
  }

  static ElementType type(ValueInfoProto input) {
    return ElementType.of(input.getType().getTensorType().getElemType());
  }

  /** As declared, -1 for any; none where no shape is. */
  static long[] sides(ValueInfoProto input) {
    TensorShapeProto shape = input.getType().getTensorType().getShape();
    return shape.getDimList().stream()
        .mapToLong(side -> side.hasDimValue() && side.getDimValue() > 0 ? side.getDimValue() : -1)
        .toArray();
  }

  /**
   * A model whose only input takes the pictures: what goes into the others is constant.
   *
   * @param told values by the inputs' names
   * @param guesses gets each value that is one
   * @throws InvalidValueException if an input needs values, or a told one can't take them
   */
  Structure filled(
      Structure model, Map<String, List<Double>> told, InputForm form, Guesses guesses) {
    for (String name : told.keySet()) {
      if (others.stream().noneMatch(input -> input.getName().equals(name))) {
        throw new InvalidValueException("input", unknown(name));
      }
    }
    if (others.isEmpty()) {
      return model;
    }
    List<TensorProto> constants = new ArrayList<>();
    for (ValueInfoProto input : others) {
      constants.add(new OtherInput(file, input).constant(told.get(input.getName()), form, guesses));
    }
    GraphProto graph =
        model.model().getGraph().toBuilder()
            .clearInput()
            .addInput(pictures)
            .addAllInitializer(constants)
            .build();
    return model.with(graph);
  }

  private String unknown(String name) {
    return name.equals(pictures.getName())
        ? "is for what is no picture: %s takes the pictures".formatted(cut(name))
        : others.isEmpty()
            ? "can't be given: %s takes nothing but pictures".formatted(file)
            : "must name one of %s, not %s".formatted(cut(names(others)), cut(name));
  }
}
