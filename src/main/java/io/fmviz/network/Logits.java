package io.fmviz.network;

/** Arithmetic on the network's output. */
public final class Logits {
  private Logits() {}

  /**
   * The class of the largest of {@code classes} logits from {@code offset} on; the first of equals.
   */
  public static int predicted(float[] logits, int offset, int classes) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (logits[offset + c] > logits[offset + best]) {
        best = c;
      }
    }
    return best;
  }

  /**
   * The cross-entropy in nats: log(sum over c of exp(logit_c)) - logit_label, with the largest
   * logit subtracted from all so that nothing overflows.
   */
  public static double crossEntropy(float[] logits, int offset, int classes, int label) {
    double max = logits[offset + predicted(logits, offset, classes)];
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += Math.exp(logits[offset + c] - max);
    }
    return Math.log(sum) + max - logits[offset + label];
  }
}
