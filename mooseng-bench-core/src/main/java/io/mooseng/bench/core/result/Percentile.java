package io.mooseng.bench.core.result;

import org.HdrHistogram.AbstractHistogram;

/**
 * The percentiles that are reported, and when they may be.
 *
 * <p>A percentile p rests on the samples above it. With fewer than 10 / (1 - p) samples in all,
 * fewer than ten are expected beyond it, and it is not reported.
 */
public enum Percentile {
  P50("p50", 500),
  P90("p90", 900),
  P99("p99", 990),
  P99_9("p99_9", 999);

  private static final int SAMPLES_BEYOND = 10;

  private final String label;
  private final int perMille;

  Percentile(String label, int perMille) {
    this.label = label;
    this.perMille = perMille;
  }

  /** The name used in metric names, for instance {@code latency.p99_9}. */
  public String label() {
    return label;
  }

  /** Samples needed for this percentile to be reported: 20, 100, 1,000, 10,000. */
  public long requiredSamples() {
    // In integers: in binary floating point 10 / (1 - 0.999) is more than 10,000.
    return SAMPLES_BEYOND * 1000L / (1000 - perMille);
  }

  /**
   * The smallest recorded value that at least this share of the samples does not exceed, to the
   * precision of the histogram; null with fewer than {@link #requiredSamples} samples.
   */
  public Long valueOrNull(AbstractHistogram histogram) {
    return histogram.getTotalCount() < requiredSamples()
        ? null
        : (Long) histogram.getValueAtPercentile(perMille / 10.0);
  }
}
