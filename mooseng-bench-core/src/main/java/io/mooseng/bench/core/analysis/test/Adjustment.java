package io.mooseng.bench.core.analysis.test;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Corrects the p of many tests for there being many. Adjusted p are compared with one level. */
public enum Adjustment {
  /** For tests that stand alone. */
  NONE("none") {
    @Override
    double[] adjustSorted(double[] p) {
      return p.clone();
    }
  },
  /**
   * Bounds the expected share of false ones among those found (Y. Benjamini, Y. Hochberg,
   * <i>Controlling the False Discovery Rate</i>, J. R. Statist. Soc. B 57, 1995).
   */
  BENJAMINI_HOCHBERG("Benjamini-Hochberg") {
    @Override
    double[] adjustSorted(double[] p) {
      double[] adjusted = new double[p.length];
      double least = 1;
      for (int i = p.length - 1; i >= 0; i--) {
        least = Math.min(least, p[i] * p.length / (i + 1));
        adjusted[i] = least;
      }
      return adjusted;
    }
  },
  /**
   * Bounds the probability of even one false one (S. Holm, <i>A simple sequentially rejective
   * multiple test procedure</i>, Scand. J. Statist. 6, 1979).
   */
  HOLM("Holm") {
    @Override
    double[] adjustSorted(double[] p) {
      double[] adjusted = new double[p.length];
      double most = 0;
      for (int i = 0; i < p.length; i++) {
        most = Math.max(most, Math.min(1, p[i] * (p.length - i)));
        adjusted[i] = most;
      }
      return adjusted;
    }
  };

  private final String label;

  Adjustment(String label) {
    this.label = label;
  }

  /** The name of its authors. */
  public String label() {
    return label;
  }

  abstract double[] adjustSorted(double[] ascending);

  /**
   * The adjusted p, in the order of {@code p}.
   *
   * @throws IllegalArgumentException if one is not from 0 to 1
   */
  public double[] adjust(double... p) {
    for (double value : p) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("p is " + value + "; accepted: from 0 to 1");
      }
    }
    int[] order =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] sorted = IntStream.of(order).mapToDouble(i -> p[i]).toArray();
    double[] adjustedSorted = adjustSorted(sorted);
    double[] adjusted = new double[p.length];
    for (int i = 0; i < order.length; i++) {
      adjusted[order[i]] = adjustedSorted[i];
    }
    return adjusted;
  }
}
