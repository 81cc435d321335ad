package io.fmviz.network.onnx.graph;

/** What operators make of a value. */
final class Functions {
  private Functions() {}

  static double clip(double x, double low, double high) {
    return Math.min(Math.max(x, low), high);
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  static double softplus(double x) {
    return Math.log1p(Math.exp(x));
  }

  /** Abramowitz and Stegun 7.1.26, to 1.5e-7. */
  static double erf(double x) {
    double t = 1 / (1 + 0.3275911 * Math.abs(x));
    double sum = 0;
    for (double a :
        new double[] {1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592}) {
      sum = (sum + a) * t;
    }
    return Math.copySign(1 - sum * Math.exp(-x * x), x);
  }
}
