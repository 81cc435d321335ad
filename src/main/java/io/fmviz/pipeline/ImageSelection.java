package io.fmviz.pipeline;

import ai.djl.ndarray.NDManager;
import io.fmviz.base.UserException;
import io.fmviz.model.Classifier;
import io.fmviz.training.Logits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Finds the images that a choice means. */
final class ImageSelection {
  /** How many images are looked at before it is asked whether there are enough. */
  private static final int STRIDE = 512;

  private final ImageChoice choice;
  private final OpenedImages source;
  private final Progress progress;

  ImageSelection(ImageChoice choice, OpenedImages source, Progress progress) {
    this.choice = choice;
    this.source = source;
    this.progress = progress;
  }

  /**
   * The chosen images, counted from 0, at least one.
   *
   * @throws UserException if an image that is asked for is not there, or none is left
   */
  int[] choose(Classifier classifier, NDManager manager) {
    int[] considered = considered();
    int[] chosen =
        choice.misclassified()
            ? misclassified(considered, classifier, manager)
            : IntStream.of(considered).filter(this::hasLabel).limit(choice.limit()).toArray();
    if (chosen.length == 0) {
      throw new UserException(
          "%s looked at, and none is%s%s: choose others"
              .formatted(
                  Text.count(considered.length, "image"),
                  choice.label() == null ? "" : " of class " + choice.label(),
                  choice.misclassified() ? " misclassified" : ""));
    }
    return chosen;
  }

  private boolean hasLabel(int index) {
    return choice.label() == null || source.images().label(index) == choice.label();
  }

  private int[] considered() {
    int count = source.images().count();
    if (!choice.files().isEmpty()) {
      return IntStream.range(0, count).toArray();
    }
    if (choice.indices() != null) {
      choice.numbers().forEach(number -> checkExists("--indices", number, count));
      return choice.numbers().stream().mapToInt(number -> number - 1).toArray();
    }
    int first = choice.start() - 1;
    checkExists("--start " + choice.start(), choice.start(), count);
    if (choice.isFiltered()) {
      return IntStream.range(first, count).toArray();
    }
    String samples = "--samples " + choice.limit();
    checkExists(
        first == 0 ? samples : "%s from --start %d on".formatted(samples, choice.start()),
        (long) first + choice.limit(),
        count - first);
    return IntStream.range(first, first + choice.limit()).toArray();
  }

  private void checkExists(String option, long number, int most) {
    DataRequest.checkExists(option, number, source.name(), source.images().count(), most);
  }

  private int[] misclassified(int[] considered, Classifier classifier, NDManager manager) {
    int[] candidates = IntStream.of(considered).filter(this::hasLabel).toArray();
    IntStream.Builder wrong = IntStream.builder();
    int[] found = {0};
    ActivationPass pass = new ActivationPass(classifier, manager, source.images(), List.of());
    for (int from = 0; from < candidates.length && found[0] < choice.limit(); from += STRIDE) {
      int to = Math.min(from + STRIDE, candidates.length);
      int[] part = Arrays.copyOfRange(candidates, from, to);
      pass.run(
          part,
          new ActivationPass.Consumer() {
            @Override
            public void logits(int first, int count, float[] logits) {
              int classes = logits.length / count;
              for (int n = 0; n < count; n++) {
                int index = part[first + n];
                if (Logits.predicted(logits, n * classes, classes)
                    != source.images().label(index)) {
                  wrong.add(index);
                  found[0]++;
                }
              }
            }
          },
          "looking for misclassified images",
          progress);
    }
    return wrong.build().limit(choice.limit()).toArray();
  }
}
