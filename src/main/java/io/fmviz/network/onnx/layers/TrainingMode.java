package io.fmviz.network.onnx.layers;

import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.Op;
import java.util.List;

/**
 * Operators that were exported as they work in training: BatchNormalization normalizes by the mean
 * and the variance of the images that go through together, Dropout drops values at random.
 */
public final class TrainingMode {
  private TrainingMode() {}

  /** Whether an image's answer depends on the images that go along with it. */
  public static boolean mixesImages(Graph graph) {
    return graph.ops().stream().anyMatch(TrainingMode::isBatchNorm);
  }

  /** What a person must know of it, a sentence each. */
  public static List<String> warnings(Graph graph, Constants constants) {
    long norms = graph.ops().stream().filter(TrainingMode::isBatchNorm).count();
    long drops = graph.ops().stream().filter(op -> isDropout(op, constants)).count();
    if (norms + drops == 0) {
      return List.of();
    }
    String what =
        norms > 0
            ? "BatchNormalization (%d of them) normalizes by each picture's own mean, not by what was learned"
                .formatted(norms)
            : "";
    String dropped =
        drops > 0 ? "Dropout (%d of them) drops values at random".formatted(drops) : "";
    return List.of(
        "the model was exported in training mode: %s%s%s; export it after model.eval()"
            .formatted(what, norms > 0 && drops > 0 ? ", and " : "", dropped));
  }

  /** Up to operator set 13 outputs for the running mean say it, since 14 an attribute. */
  private static boolean isBatchNorm(Op op) {
    return op.is("BatchNormalization")
        && (op.number("training_mode", 0) == 1
            || (!op.has("training_mode") && op.outputs().size() > 1)
            || (op.has("is_test") && op.number("is_test", 1) == 0));
  }

  /** Up to operator set 6 {@code is_test}, since 12 a third input. */
  private static boolean isDropout(Op op, Constants constants) {
    if (!op.is("Dropout")) {
      return false;
    }
    Double mode = op.input(2).isEmpty() ? null : constants.scalar(op.input(2));
    boolean drops = !op.has("ratio") || op.real("ratio", 0.5f) > 0;
    Double ratio = op.input(1).isEmpty() ? null : constants.scalar(op.input(1));
    return (mode != null && mode == 1 && (ratio == null || ratio > 0))
        || (op.has("is_test") && op.number("is_test", 1) == 0 && drops);
  }
}
