package io.fmviz.network;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Arithmetic on the network's output. */
public final class Logits {
  /** What is predicted where a logit is not finite: no class, and unlike any label or none. */
  public static final int NONE = -2;

  private Logits() {}

  /**
   * The class of the largest of {@code classes} logits from {@code offset} on, the first of equals;
   * {@link #NONE} if one of them is NaN or infinite.
   */
  public static int predicted(float[] logits, int offset, int classes) {
    int best = 0;
    for (int c = 0; c < classes; c++) {
      if (!Float.isFinite(logits[offset + c])) {
        return NONE;
      }
      if (logits[offset + c] > logits[offset + best]) {
        best = c;
      }
    }
    return best;
  }

  /**
   * In which place a class stands among {@code classes} logits from {@code offset} on, from 0 for
   * the largest; of equals the first class comes first.
   */
  public static int rank(float[] logits, int offset, int classes, int label) {
    float own = logits[offset + label];
    int rank = 0;
    for (int c = 0; c < classes; c++) {
      float other = logits[offset + c];
      rank += other > own || (other == own && c < label) ? 1 : 0;
    }
    return rank;
  }

  /**
   * The so many classes with the largest of one image's logits, the largest first, of equals the
   * first; none if a logit is NaN or infinite.
   */
  public static int[] likeliest(float[] logits, int most) {
    if (logits.length == 0 || predicted(logits, 0, logits.length) == NONE) {
      return new int[0];
    }
    return IntStream.range(0, logits.length)
        .boxed()
        // Of equals the first class comes first: the sort is stable.
        .sorted(Comparator.comparingDouble(label -> -logits[label]))
        .limit(most)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** How many of the logits are NaN or infinite. */
  public static int notNumbers(float[] logits, int offset, int classes) {
    int count = 0;
    for (int c = offset; c < offset + classes; c++) {
      count += Float.isFinite(logits[c]) ? 0 : 1;
    }
    return count;
  }

  /** The softmax of a class's logit, from 0 to 1; NaN if a logit is NaN or infinite. */
  public static double probability(float[] logits, int offset, int classes, int label) {
    return Math.exp(-crossEntropy(logits, offset, classes, label));
  }

  /**
   * The cross-entropy in nats: log(sum over c of exp(logit_c)) - logit_label, with the largest
   * logit subtracted from all so that nothing overflows. NaN if a logit is NaN or infinite.
   */
  public static double crossEntropy(float[] logits, int offset, int classes, int label) {
    int predicted = predicted(logits, offset, classes);
    if (predicted == NONE) {
      return Double.NaN;
    }
    double max = logits[offset + predicted];
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += Math.exp(logits[offset + c] - max);
    }
    return Math.log(sum) + max - logits[offset + label];
  }
}
