package io.mooseng.bench.core.analysis.compare;

/**
 * What is compared of a row.
 *
 * @param metric by name
 * @param threshold the smallest change that matters, as a share: above 0, below 1
 */
public record Measure(String metric, double threshold) {

  public Measure {
    if (!(threshold > 0 && threshold < 1)) {
      throw new IllegalArgumentException("threshold is " + threshold + "; accepted: 0 to 1");
    }
  }
}
