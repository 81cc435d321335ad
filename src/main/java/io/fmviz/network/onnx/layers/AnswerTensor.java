package io.fmviz.network.onnx.layers;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Nearest;
import io.fmviz.base.Numbers;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.network.AnswerChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which of a network's outputs is its answer.
 *
 * @param end how it is made; null if the network has none, or it isn't known which it is
 * @param possible the outputs that could be it, where that isn't known
 * @param notes what is to be said of it, a sentence each
 */
record AnswerTensor(OutputEnd end, List<String> possible, List<String> notes) {
  private static final int MOST_NAMED = 5;

  /** The tensor that has its values; null if the network has none. */
  String tensor() {
    return end == null ? null : end.tensor();
  }

  /**
   * Of several outputs the answer is the one that is chosen, or that has a value for each class
   * whose name is known; else, of those that are as many and so may be the same in two forms, the
   * one that has a Softmax or Sigmoid, else the one without sides of 1. Where that leaves several,
   * none is known.
   *
   * @throws InvalidValueException if what is chosen is no output, or none that can be an answer
   */
  static AnswerTensor of(OutputEnds ends, AnswerChoice choice) {
    if (choice.output() != null) {
      return found(chosen(ends, choice.output()), List.of());
    }
    List<OutputEnd> all = byTensor(ends.all());
    List<OutputEnd> left = all;
    if (all.size() > 1 && choice.classes() != null) {
      List<OutputEnd> ofAsMany = kept(all, end -> end.classes() == choice.classes());
      if (ofAsMany.size() == 1) {
        return found(ofAsMany.get(0), List.of(ofNames(all, ofAsMany.get(0))));
      }
      left = ofAsMany;
    }
    if (left.stream().map(OutputEnd::values).distinct().count() == 1) {
      left = kept(left, OutputEnd::isBehind);
      left = kept(left, end -> ends.shape(end.tensor()).size() == 1);
    }
    if (left.size() == 1) {
      return found(left.get(0), List.of());
    }
    List<String> possible = left.stream().map(OutputEnd::output).toList();
    return new AnswerTensor(
        null, possible, possible.isEmpty() ? List.of() : List.of(undecided(left)));
  }

  private static OutputEnd chosen(OutputEnds ends, String name) {
    List<String> names = ends.names();
    if (!names.contains(name)) {
      throw new InvalidValueException(
          "output",
          "takes the name of an output, of which there %s %s, not %s%s"
              .formatted(
                  names.size() == 1 ? "is" : "are",
                  listed(names),
                  UserException.oneLine(name),
                  Nearest.hint(name, names)));
    }
    return ends.all().stream()
        .filter(end -> end.output().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidValueException(
                    "output",
                    "takes an output that has a row of real numbers for each image; %s %s"
                        .formatted(
                            UserException.oneLine(name),
                            ends.shape(name) == null
                                ? "has none"
                                : "is " + OutputEnds.text(ends.shape(name)))));
  }

  private static String listed(List<String> names) {
    return names.stream()
            .limit(MOST_NAMED)
            .map(UserException::oneLine)
            .collect(Collectors.joining(", "))
        + (names.size() > MOST_NAMED ? " and others" : "");
  }

  /** One for each tensor that is read: of outputs that read the same one, what is behind more. */
  private static List<OutputEnd> byTensor(List<OutputEnd> ends) {
    Map<String, OutputEnd> all = new LinkedHashMap<>();
    for (OutputEnd end : ends) {
      all.merge(end.tensor(), end, (one, other) -> other.isBehind() ? other : one);
    }
    return List.copyOf(all.values());
  }

  /** Those of some kind; all where there are none. */
  private static List<OutputEnd> kept(List<OutputEnd> ends, Predicate<OutputEnd> isMeant) {
    List<OutputEnd> kept = ends.stream().filter(isMeant).toList();
    return kept.isEmpty() ? ends : kept;
  }

  private static AnswerTensor found(OutputEnd end, List<String> notes) {
    List<String> all = new ArrayList<>(notes);
    String meaning = meaning(end);
    if (meaning != null) {
      all.add(meaning);
    }
    return new AnswerTensor(end, List.of(), List.copyOf(all));
  }

  private static String ofNames(List<OutputEnd> all, OutputEnd end) {
    return "of the outputs %s the answer is %s, which tells %s apart, as many as have names: %s"
        .formatted(
            listed(all.stream().map(OutputEnd::output).toList()),
            named(end),
            Numbers.count(end.classes(), "class"),
            Settings.named("{output} takes another"));
  }

  private static String undecided(List<OutputEnd> ends) {
    return Settings.named(
            "which output is the answer isn't known, so none is told: {output} takes %s")
        .formatted(
            ends.stream()
                .limit(MOST_NAMED)
                .map(end -> "%s (%s)".formatted(named(end), Numbers.count(end.values(), "value")))
                .collect(Collectors.joining(" or ")));
  }

  private static String named(OutputEnd end) {
    return UserException.oneLine(end.output());
  }

  /** What isn't as usual, classes of which one holds, with logits. */
  private static String meaning(OutputEnd end) {
    return switch (end.scores()) {
      case NONE, LOGITS -> null;
      case PROBABILITIES ->
          end.values() == 1
              ? "%s is one probability: that of the second of two classes".formatted(named(end))
              : "%s holds probabilities, which are told as they are".formatted(named(end));
      case TWO_CLASSES ->
          "%s is one value behind a Sigmoid: the probability of the second of two classes"
              .formatted(named(end));
      case LABEL_LOGITS, LABEL_PROBABILITIES ->
          "%s has a probability for each of %s, of which several may hold, or none: those with 50 %% or more do"
              .formatted(named(end), Numbers.count(end.values(), "label"));
      case SCORE ->
          "%s is one value that isn't behind a Sigmoid: a score, not classes".formatted(named(end));
    };
  }
}
