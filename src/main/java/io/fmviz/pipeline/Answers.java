package io.fmviz.pipeline;

import io.fmviz.analysis.Prediction;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.UserException;
import io.fmviz.network.Network;
import io.fmviz.network.Output;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a network answers, under the names of its classes.
 *
 * @param names of the classes, from 0 on; empty if they aren't known
 */
public record Answers(Network network, List<String> names) {
  /** Named as the network says itself, else as the images' classes are. */
  public static Answers of(Network network, OpenedImages opened) {
    List<String> own = network.classNames();
    return new Answers(network, own.isEmpty() ? opened.images().classNames() : own);
  }

  /**
   * The answer for one image of a batch.
   *
   * @param logits of the batch
   * @return null where the network has no logits
   */
  public Prediction of(float[] logits, int image) {
    int classes = network.classes();
    return classes == 0 ? null : Prediction.of(logits, image * classes, classes, names);
  }

  /** The logits of one image of a batch; none where the network has none. */
  public float[] logitsOf(float[] logits, int image) {
    int classes = network.classes();
    return Arrays.copyOfRange(logits, image * classes, (image + 1) * classes);
  }

  /** What a class is called; null where that isn't known. */
  public String nameOf(int label) {
    return Prediction.nameOf(label, names);
  }

  /** An answer for people; the classifier's classes are numbers. */
  public String text(Prediction prediction) {
    return network.isCheckpoint() ? prediction.text() : prediction.inFull();
  }

  /**
   * Refuses a network without logits.
   *
   * @param what needs them, as in {@code evaluate}
   */
  public static void require(Network network, String what) {
    if (network.classes() == 0) {
      throw new UserException(what + " " + missing(network));
    }
  }

  /**
   * Refuses a value that a network without logits can't be given.
   *
   * @param value its name, {@code target}
   */
  public static void requireFor(String value, Network network) {
    if (network.classes() == 0) {
      throw new InvalidValueException(value, missing(network));
    }
  }

  private static String missing(Network network) {
    return "needs a network with one output of (images, classes); %s has %s: dead, top, visualize, compare, kernels and summary work without"
        .formatted(
            network.location(),
            network.outputs().isEmpty()
                ? "no output that can be shown"
                : network.outputs().stream()
                    .map(Answers::described)
                    .collect(Collectors.joining(", ")));
  }

  private static String described(Output output) {
    return output.name() + " " + output.node().shape().toString().replace("[", "[images, ");
  }
}
