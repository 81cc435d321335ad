package io.fmviz.analysis;

import io.fmviz.dataset.Images;
import io.fmviz.network.Batch;
import io.fmviz.network.Logits;
import io.fmviz.network.Scores;
import io.fmviz.probe.Probe;
import io.fmviz.probe.Statistic;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a network does on labelled images: what it got right, its mean loss, and what it took for
 * what. Gathered image by image; evaluations of different images can be merged. Images without a
 * label are not counted. Memory depends on the pairs of classes that occur, not on those that there
 * could be.
 */
public final class Evaluation implements Probe.Consumer, Statistic<Evaluation> {
  /** Of more classes, nobody looks at the whole matrix. */
  public static final int MATRIX = 20;

  /** How many classes may be named for the right one to be among them. */
  public static final int TOP = 5;

  private final int classes;
  private final Scores scores;

  /** By {@code label * classes + predicted}. */
  private final Map<Long, Long> pairs = new HashMap<>();

  private long correct;
  private long correctTop;
  private long total;
  private long notNumbers;
  private final Sums loss = new Sums(1);

  /** Of no image yet, of a network that tells classes apart by logits. */
  public Evaluation(int classes) {
    this(classes, Scores.LOGITS);
  }

  /**
   * Of no image yet.
   *
   * @param classes of the network; no label may be beyond
   * @param scores what the values of its answers mean
   */
  public Evaluation(int classes, Scores scores) {
    this.classes = classes;
    this.scores = scores;
  }

  @Override
  public void logits(Batch batch, float[] logits) {
    for (int n = 0; n < batch.count(); n++) {
      int label = batch.images().label(batch.indices()[n]);
      if (label != Images.NO_LABEL) {
        add(logits, n * classes, label);
      }
    }
  }

  private void add(float[] logits, int offset, int label) {
    int predicted = Logits.predicted(logits, offset, classes);
    total++;
    loss.add(0, scores.loss(logits, offset, classes, label));
    if (predicted == Logits.NONE) {
      notNumbers++;
      return;
    }
    for (int held : scores.holding(logits, offset, classes)) {
      pairs.merge((long) label * classes + held, 1L, Long::sum);
    }
    correct += scores.isRight(logits, offset, classes, label) ? 1 : 0;
    correctTop += Logits.rank(logits, offset, classes, label) < TOP ? 1 : 0;
  }

  @Override
  public void merge(Evaluation other) {
    other.pairs.forEach((pair, count) -> pairs.merge(pair, count, Long::sum));
    correct += other.correct;
    correctTop += other.correctTop;
    total += other.total;
    notNumbers += other.notNumbers;
    loss.merge(other.loss);
  }

  /** Images whose class is predicted; where several labels may hold, be it beside others. */
  public long correct() {
    return correct;
  }

  /**
   * Images whose label's logit is among the five largest, of equals those of the first classes;
   * null where there are no more than five classes, and where several labels may hold.
   */
  public Long correctTop() {
    return classes > TOP && !scores.areLabels() ? correctTop : null;
  }

  /**
   * How often a label held that isn't the image's, where several may hold; else null. These may be
   * right as well: an image has one label here.
   */
  public Long others() {
    return scores.areLabels()
        ? (Long)
            pairs.entrySet().stream()
                .filter(entry -> label(entry.getKey()) != predicted(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum()
        : null;
  }

  /** How many images, with a label. */
  public long total() {
    return total;
  }

  /** Images with logits that are NaN or infinite: nothing is predicted for them. */
  public long notNumbers() {
    return notNumbers;
  }

  /** The share that was right, from 0 to 1. */
  public double accuracy() {
    return (double) correct() / total();
  }

  /**
   * The mean cross-entropy, in nats, as {@link Scores#loss} has it; NaN if a logit of any image is
   * NaN or infinite.
   */
  public double meanLoss() {
    return loss.value(0) / total();
  }

  /**
   * {@code confusion[label][predicted]} counts the images for which a class is predicted; where
   * several labels may hold, for which a label does, an image once for each. Null of more than
   * {@value #MATRIX} classes.
   */
  public long[][] confusion() {
    if (classes > MATRIX) {
      return null;
    }
    long[][] confusion = new long[classes][classes];
    pairs.forEach((pair, count) -> confusion[label(pair)][predicted(pair)] = count);
    return confusion;
  }

  /**
   * What was taken for something else, the most frequent first, of equals by label and by what it
   * was taken for.
   *
   * @param most how many at most
   * @param names of the classes, from 0 on; there may be fewer, or none
   */
  public List<ConfusedPair> confusedPairs(int most, List<String> names) {
    return pairs.entrySet().stream()
        .filter(entry -> label(entry.getKey()) != predicted(entry.getKey()))
        .sorted(
            Comparator.comparingLong((Map.Entry<Long, Long> entry) -> -entry.getValue())
                .thenComparingLong(Map.Entry::getKey))
        .limit(most)
        .map(
            entry -> {
              int label = label(entry.getKey());
              int predicted = predicted(entry.getKey());
              return new ConfusedPair(
                  label,
                  Prediction.nameOf(label, names),
                  predicted,
                  Prediction.nameOf(predicted, names),
                  entry.getValue());
            })
        .toList();
  }

  private int label(long pair) {
    return (int) (pair / classes);
  }

  private int predicted(long pair) {
    return (int) (pair % classes);
  }
}
