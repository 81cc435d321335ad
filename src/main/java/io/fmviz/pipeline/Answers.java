package io.fmviz.pipeline;

import io.fmviz.analysis.Prediction;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.network.Network;
import io.fmviz.network.Output;
import io.fmviz.network.Scores;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a network answers, under the names of its classes.
 *
 * @param names of the classes, from 0 on; empty if they aren't known
 */
public record Answers(Network network, List<String> names) {
  /** Named as a person says, else as the network says itself, else as a dataset's classes are. */
  public static Answers of(Network network, OpenedImages opened) {
    List<String> own = network.classNames();
    boolean isOwn = !own.isEmpty() && !opened.hasClassNames();
    return new Answers(network, isOwn ? own : opened.classNames());
  }

  /**
   * The answer for one image of a batch.
   *
   * @param logits of the batch
   * @return null where the network has none
   */
  public Prediction of(float[] logits, int image) {
    Scores scores = network.scores();
    int classes = network.classes();
    return switch (scores) {
      case NONE -> null;
      case SCORE -> Prediction.ofScore(logits[image]);
      default -> Prediction.of(scores, logits, image * classes, classes, names);
    };
  }

  /** The logits of one image of a batch; none where the network has none. */
  public float[] logitsOf(float[] logits, int image) {
    int classes = network.classes();
    return Arrays.copyOfRange(logits, image * classes, (image + 1) * classes);
  }

  /** What one of an answer's values is called: {@code logit}, {@code probability}. */
  public String one() {
    return network.scores().one();
  }

  /** Whether several of the classes may hold, or none: they are labels. */
  public boolean areLabels() {
    return network.scores().areLabels();
  }

  /** What a class is called; null where that isn't known. */
  public String nameOf(int label) {
    return Prediction.nameOf(label, names);
  }

  /** A class for people, with its name if it has one of its own: {@code 281 tabby cat}. */
  public String named(int label) {
    return Prediction.named(String.valueOf(label), nameOf(label));
  }

  /** The same, cut where it is longer than so many characters. */
  public String named(int label, int most) {
    return cut(named(label), most);
  }

  private static String cut(String named, int most) {
    return named.length() > most ? named.substring(0, most - 3) + "..." : named;
  }

  /** What is predicted, cut likewise; {@code nothing} if nothing is. */
  public String brief(Prediction prediction, int most) {
    return prediction.isKnown() && prediction.labels() == null
        ? named(prediction.predicted(), most)
        : cut(prediction.named(), most);
  }

  /** The longest that {@link #named(int, int)} gives for any class. */
  public String longest(int most) {
    return IntStream.range(0, Math.max(1, names.size()))
        .mapToObj(label -> named(label, most))
        .max(Comparator.comparing(String::length))
        .orElseThrow();
  }

  /** What some classes are called, by their numbers; without those that are called by these. */
  public Map<Integer, String> namesOf(Collection<Integer> labels) {
    Map<Integer, String> named = new TreeMap<>();
    for (Integer label : labels) {
      String name = label == null ? null : nameOf(label);
      if (name != null && !name.equals(label.toString())) {
        named.put(label, name);
      }
    }
    return named;
  }

  /**
   * An answer for people, with its probability unless it is to be told plainly: {@code predicted
   * 7}.
   */
  public String text(Prediction prediction) {
    return prediction.verb()
        + " "
        + (network.defaults().plain() ? prediction.named() : prediction.inFull());
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

  /**
   * Why a network has no classes, as a clause.
   *
   * @return null if it has
   */
  public static String whyNone(Network network) {
    if (network.classes() > 0) {
      return null;
    }
    if (network.scores() == Scores.SCORE) {
      return "its answer is one value, a score";
    }
    if (!network.possibleAnswers().isEmpty()) {
      return "which output is its answer must be said at the start: "
          + described(network.possibleAnswers(), " or ");
    }
    return network.outputs().isEmpty()
        ? "none of its outputs can be shown"
        : "its outputs are not of (images, classes): " + described(network.outputs(), ", ");
  }

  private static String described(List<Output> outputs, String between) {
    return outputs.stream().map(Answers::described).collect(Collectors.joining(between));
  }

  private static String missing(Network network) {
    if (network.scores() == Scores.SCORE) {
      return "needs a network that tells classes apart; the answer of %s is one value, a score (of two classes only behind a Sigmoid): dead, top, visualize, compare, kernels and summary work without"
          .formatted(network.location());
    }
    if (!network.possibleAnswers().isEmpty()) {
      return Settings.named("needs to know which output is the answer of %s: give {output} %s")
          .formatted(network.location(), described(network.possibleAnswers(), " or "));
    }
    return "needs a network with one output of (images, classes); %s has %s: dead, top, visualize, compare, kernels and summary work without"
        .formatted(
            network.location(),
            network.outputs().isEmpty()
                ? "no output that can be shown"
                : described(network.outputs(), ", "));
  }

  private static String described(Output output) {
    return output.name() + " " + output.node().shape().toString().replace("[", "[images, ");
  }
}
