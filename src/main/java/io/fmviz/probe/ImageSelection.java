package io.fmviz.probe;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Nearest;
import io.fmviz.base.Numbers;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.network.Batch;
import io.fmviz.network.Scores;
import io.fmviz.network.Session;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Finds the images that a choice means.
 *
 * @param images that some are chosen from
 * @param name of the dataset that they are from; null for a user's pictures
 */
public record ImageSelection(ImageChoice choice, Images images, String name) {
  /** How many images are looked at before it is asked whether there are enough. */
  private static final int STRIDE = 512;

  /**
   * The chosen images, counted from 0, at least one.
   *
   * @param session tells what is misclassified
   * @throws UserException if an image that is asked for is not there, or none is left
   */
  public int[] choose(Session session, Probe.Ticker ticker) {
    int[] candidates = candidates(session.network().classes());
    return choice.misclassified()
        ? notNone(misclassified(candidates, session, ticker))
        : candidates;
  }

  /**
   * The images that a network of so many classes will be asked about, counted from 0, at least one:
   * the chosen ones, or those of which the misclassified will be chosen.
   *
   * @throws UserException if an image that is asked for is not there, or none is left
   */
  public int[] candidates(int classes) {
    Integer label = label(classes);
    int most = choice.misclassified() ? Integer.MAX_VALUE : choice.limit();
    return notNone(
        IntStream.of(considered())
            .filter(index -> label == null || images.label(index) == label)
            .limit(most)
            .toArray());
  }

  private int[] notNone(int[] chosen) {
    if (chosen.length == 0) {
      int considered = considered().length;
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s looked at, and none is%s%s: choose others",
              Numbers.count(considered, "image"),
              choice.label() == null ? "" : " of class " + choice.label(),
              choice.misclassified() ? " misclassified" : ""));
    }
    return chosen;
  }

  /** The class of which images are wanted; null for any. */
  private Integer label(int classes) {
    if (choice.label() == null) {
      return null;
    }
    if (!choice.label().matches("\\d{1,9}")) {
      return named(choice.label());
    }
    int label = Integer.parseInt(choice.label());
    if (label >= classes) {
      throw new InvalidValueException(
          "class", "must be from 0 to %d, not %d".formatted(classes - 1, label));
    }
    return label;
  }

  private int named(String name) {
    int label = images.classNames().indexOf(name);
    if (label < 0) {
      throw new InvalidValueException(
          "class",
          "takes a class's number or name; there is no class %s%s"
              .formatted(name, Nearest.hint(name, images.classNames())));
    }
    return label;
  }

  private int[] considered() {
    int count = images.count();
    if (choice.indices() != null) {
      choice.numbers().forEach(number -> checkExists(Settings.named("{index}"), number, count));
      return choice.numbers().stream().mapToInt(number -> number - 1).toArray();
    }
    int first = choice.start() - 1;
    checkExists(Settings.named("{start} ") + choice.start(), choice.start(), count);
    if (choice.isFiltered()) {
      return IntStream.range(first, count).toArray();
    }
    return IntStream.range(first, first + Math.min(count - first, choice.limit())).toArray();
  }

  private void checkExists(String asking, long number, int most) {
    checkExists(asking, number, images, name, most);
  }

  /**
   * Refuses the number of a test image that isn't there.
   *
   * @param asking what asks for it
   * @param number of the image, counted from 1
   * @param name of the dataset; null for pictures
   * @param most what may be given at most
   */
  public static void checkExists(String asking, long number, Images images, String name, int most) {
    if (number > images.count()) {
      throw new InvalidValueException(
          name == null
              ? "%s asks for picture %d, but there are %,d: give a number from 1 to %,d"
                  .formatted(asking, number, images.count(), most)
              : "%s asks for image %d, but %s has %s: give a number from 1 to %,d"
                  .formatted(
                      asking, number, name, Numbers.count(images.count(), "test image"), most));
    }
  }

  private int[] misclassified(int[] candidates, Session session, Probe.Ticker ticker) {
    IntStream.Builder wrong = IntStream.builder();
    int[] found = {0};
    Probe probe = new Probe(session, images, List.of());
    int classes = session.network().classes();
    Scores scores = session.network().scores();
    for (int from = 0; from < candidates.length && found[0] < choice.limit(); from += STRIDE) {
      int to = Math.min(from + STRIDE, candidates.length);
      int[] part = Arrays.copyOfRange(candidates, from, to);
      probe.run(
          part,
          new Probe.Consumer() {
            @Override
            public void logits(Batch batch, float[] logits) {
              for (int n = 0; n < batch.count(); n++) {
                int index = batch.indices()[n];
                if (images.isLabeled(index)
                    && !scores.isRight(logits, n * classes, classes, images.label(index))) {
                  wrong.add(index);
                  found[0]++;
                }
              }
            }
          },
          ticker);
    }
    return wrong.build().limit(choice.limit()).toArray();
  }
}
