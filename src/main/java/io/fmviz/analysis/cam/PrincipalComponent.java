package io.fmviz.analysis.cam;

/** The direction in which vectors vary most, by power iteration. */
final class PrincipalComponent {
  /** Enough where the second direction varies a thousandth less. */
  private static final int MOST_STEPS = 20_000;

  private static final double TOLERANCE = 1e-12;

  private PrincipalComponent() {}

  /**
   * How far each vector lies along that direction.
   *
   * @param vectors centred, {@code (count, size)}
   * @return a value for each vector: the largest singular value times its left singular vector, of
   *     either sign; NaN if any value is not finite, zeros if all are zero
   */
  static double[] of(double[][] vectors) {
    int size = vectors[0].length;
    // The smaller of the two products with the transpose has the same eigenvalues.
    boolean isByVector = vectors.length <= size;
    double[] v = eigenvector(isByVector ? products(vectors) : products(transposed(vectors)));
    if (!isByVector) {
      return times(vectors, v);
    }
    double[] direction = times(transposed(vectors), v);
    double length = length(direction);
    double[] along = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      along[i] = v[i] * length;
    }
    return along;
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] columns = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        columns[j][i] = matrix[i][j];
      }
    }
    return columns;
  }

  /** Each row times each. */
  private static double[][] products(double[][] rows) {
    double[][] products = new double[rows.length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int k = 0; k < rows[i].length; k++) {
          sum += rows[i][k] * rows[j][k];
        }
        products[i][j] = sum;
        products[j][i] = sum;
      }
    }
    return products;
  }

  /** Of the largest eigenvalue of a symmetric matrix that has none below zero; of length 1 or 0. */
  private static double[] eigenvector(double[][] matrix) {
    // The row of the largest diagonal has a part of what varies most.
    int start = 0;
    for (int i = 0; i < matrix.length; i++) {
      start = matrix[i][i] > matrix[start][start] ? i : start;
    }
    double[] v = unit(matrix[start].clone());
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] next = unit(times(matrix, v));
      double change = 0;
      for (int i = 0; i < v.length; i++) {
        change = Math.max(change, Math.abs(next[i] - v[i]));
      }
      v = next;
      if (!(change > TOLERANCE)) {
        break;
      }
    }
    return v;
  }

  private static double[] times(double[][] rows, double[] v) {
    double[] result = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < v.length; j++) {
        result[i] += rows[i][j] * v[j];
      }
    }
    return result;
  }

  private static double length(double[] v) {
    double sum = 0;
    for (double x : v) {
      sum += x * x;
    }
    return Math.sqrt(sum);
  }

  private static double[] unit(double[] v) {
    double length = length(v);
    for (int i = 0; length > 0 && i < v.length; i++) {
      v[i] /= length;
    }
    return v;
  }
}
