package io.fmviz.network;

import java.util.stream.IntStream;

/**
 * What the values mean that a network answers for an image: one for each of its classes, but for
 * {@link #SCORE}. A row of values is from {@code offset} on.
 */
public enum Scores {
  /** No answer is known. */
  NONE,

  /** Logits of classes of which one holds: their softmax says how likely each is. */
  LOGITS,

  /** How likely each class is, of which one holds, from 0 to 1: the network's own numbers. */
  PROBABILITIES,

  /**
   * {@code -z} and {@code z}, of the one logit z that goes into a network's last Sigmoid: the
   * second of two classes is as likely as {@code sigmoid(z)}.
   */
  TWO_CLASSES,

  /** Logits of labels of which several may hold, or none: each is as likely as its sigmoid. */
  LABEL_LOGITS,

  /** How likely each of such labels is, from 0 to 1: the network's own numbers. */
  LABEL_PROBABILITIES,

  /** One value of no class. */
  SCORE;

  /** From where on a label holds. */
  public static final double THRESHOLD = 0.5;

  /**
   * What a logarithm of a probability is at least, as of PyTorch's {@code binary_cross_entropy}.
   */
  private static final double LEAST = -100;

  /** Whether each value is a class's, and several may hold. */
  public boolean areLabels() {
    return this == LABEL_LOGITS || this == LABEL_PROBABILITIES;
  }

  /** Whether the values are probabilities themselves. */
  public boolean areProbabilities() {
    return this == PROBABILITIES || this == LABEL_PROBABILITIES;
  }

  /** What one of the values is called. */
  public String one() {
    return areProbabilities() ? "probability" : this == SCORE ? "score" : "logit";
  }

  /** For JSON; null for what is usual, classes with logits, and where there is no answer. */
  public String fact() {
    return switch (this) {
      case NONE, LOGITS -> null;
      case PROBABILITIES -> "probabilities";
      case TWO_CLASSES -> "two classes";
      case LABEL_LOGITS, LABEL_PROBABILITIES -> "labels";
      case SCORE -> "score";
    };
  }

  /**
   * How likely a class is, from 0 to 1; NaN if a value is NaN or infinite.
   *
   * @param classes how many values a row has
   */
  public double probability(float[] values, int offset, int classes, int label) {
    if (this == LOGITS) {
      return Logits.probability(values, offset, classes, label);
    }
    if (Logits.predicted(values, offset, classes) == Logits.NONE) {
      return Double.NaN;
    }
    double value = values[offset + label];
    return areProbabilities() ? value : 1 / (1 + Math.exp(-value));
  }

  /**
   * The cross-entropy in nats. Of labels it is binary cross-entropy, the mean over all labels,
   * where no other is to hold. No probability counts as less than {@code exp(-100)}. NaN if a value
   * is NaN or infinite.
   */
  public double loss(float[] values, int offset, int classes, int label) {
    if (this == LOGITS) {
      return Logits.crossEntropy(values, offset, classes, label);
    }
    if (Logits.predicted(values, offset, classes) == Logits.NONE) {
      return Double.NaN;
    }
    if (!areLabels()) {
      return loss(values[offset + label]);
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      double value = values[offset + c];
      sum += loss(c == label ? value : areProbabilities() ? 1 - value : -value);
    }
    return sum / classes;
  }

  /** Of what should hold. */
  private double loss(double value) {
    return areProbabilities()
        ? -Math.max(LEAST, Math.log(value))
        : Math.max(0, -value) + Math.log1p(Math.exp(-Math.abs(value)));
  }

  /**
   * The labels that hold, each with half a probability or more; where one class holds, that one.
   */
  public int[] holding(float[] values, int offset, int classes) {
    int predicted = Logits.predicted(values, offset, classes);
    if (predicted == Logits.NONE) {
      return new int[0];
    }
    return areLabels()
        ? IntStream.range(0, classes).filter(c -> holds(values[offset + c])).toArray()
        : new int[] {predicted};
  }

  private boolean holds(float value) {
    return areProbabilities() ? value >= THRESHOLD : value >= 0;
  }

  /** Whether the class that an image is of is predicted, be it beside others. */
  public boolean isRight(float[] values, int offset, int classes, int label) {
    int predicted = Logits.predicted(values, offset, classes);
    boolean isLabel = areLabels() && predicted != Logits.NONE && label >= 0;
    return isLabel ? holds(values[offset + label]) : predicted == label;
  }

  /**
   * Rows as they are told, of those that a network makes: two classes of one value.
   *
   * @param isTwo whether the network makes one value for two classes
   */
  public float[] rows(float[] made, boolean isTwo) {
    if (!isTwo) {
      return made;
    }
    float[] rows = new float[2 * made.length];
    for (int i = 0; i < made.length; i++) {
      rows[2 * i] = areProbabilities() ? 1 - made[i] : -made[i];
      rows[2 * i + 1] = made[i];
    }
    return rows;
  }
}
