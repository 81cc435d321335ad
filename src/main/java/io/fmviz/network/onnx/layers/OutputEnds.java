package io.fmviz.network.onnx.layers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.fmviz.base.Exact;
import io.fmviz.base.UserException;
import io.fmviz.network.Scores;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.GraphWalk;
import io.fmviz.network.onnx.graph.Op;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Looks at how a graph's outputs are made, of which one is the network's answer. */
final class OutputEnds {
  private final Graph graph;
  private final ShapeInference.Tensors found;
  private final SoftmaxForms forms;
  private final ShareBounds bounds;

  OutputEnds(Graph graph, ShapeInference.Tensors found, Constants constants) {
    this.graph = graph;
    this.found = found;
    this.forms = new SoftmaxForms(graph, found, constants);
    this.bounds = new ShareBounds(graph, found, constants, forms);
  }

  /** The names of the graph's outputs. */
  List<String> names() {
    return graph.outputs();
  }

  /** Those that can be an answer, in the graph's order. */
  List<OutputEnd> all() {
    return graph.outputs().stream().map(this::end).filter(Objects::nonNull).toList();
  }

  /** The shape of a tensor without its batch; null where it has none that is known. */
  List<Integer> shape(String tensor) {
    return found.tensors().get(tensor);
  }

  /** A shape with its batch: {@code [images, 21, 8, 8]}. */
  static String text(List<Integer> shape) {
    return shape.isEmpty() ? "[images]" : shape.toString().replace("[", "[images, ");
  }

  private OutputEnd end(String output) {
    Op map = map(output);
    String shown = map == null ? output : map.input(0);
    if (!isRow(shown)) {
      return null;
    }
    int values = (int) Exact.product(found.tensors().get(shown));
    List<String> names = map == null ? List.of() : labels(map);
    Op maker = graph.maker(new GraphWalk(graph).back(shown, found::keepsOrder));
    String shared = maker == null ? null : forms.shared(maker);
    if (shared != null && isRow(shared)) {
      // The softmax of one value is 1, whatever it is.
      Scores scores = values == 1 ? Scores.SCORE : Scores.LOGITS;
      return new OutputEnd(output, shared, values, scores, true, names);
    }
    String squeezed = maker == null ? null : forms.sigmoid(maker);
    if (squeezed != null && isRow(squeezed)) {
      Scores scores = values == 1 ? Scores.TWO_CLASSES : Scores.LABEL_LOGITS;
      return new OutputEnd(output, squeezed, values, scores, true, names);
    }
    ShareBounds.Bounds of = bounds.of(shown);
    Scores scores =
        of.areProbabilities()
            ? values == 1 || of.areShares() ? Scores.PROBABILITIES : Scores.LABEL_PROBABILITIES
            : values == 1 ? Scores.SCORE : Scores.LOGITS;
    return new OutputEnd(output, shown, values, scores, of.areProbabilities(), names);
  }

  /** The ZipMap that makes an output a map of labels; null if none does. */
  private Op map(String output) {
    Op maker = graph.maker(output);
    boolean isMap =
        maker != null
            && maker.type().equals("ZipMap")
            && maker.proto().getDomain().equals("ai.onnx.ml");
    return isMap ? maker : null;
  }

  private static List<String> labels(Op map) {
    return map.proto().getAttributeList().stream()
        .filter(attribute -> attribute.getName().startsWith("classlabels_"))
        .flatMap(OutputEnds::labels)
        .map(UserException::plain)
        .toList();
  }

  private static Stream<String> labels(AttributeProto attribute) {
    return attribute.getName().equals("classlabels_strings")
        ? attribute.getStringsList().stream().map(bytes -> bytes.toStringUtf8())
        : attribute.getIntsList().stream().map(String::valueOf);
  }

  /** Whether a tensor has one row of real numbers for an image, or one number. */
  private boolean isRow(String tensor) {
    List<Integer> shape = found.tensors().get(tensor);
    return shape != null
        && shape.size() <= 3
        && shape.stream().filter(side -> side != 1).count() <= 1
        && found.types().getOrDefault(tensor, ElementType.OTHER).isReal();
  }
}
