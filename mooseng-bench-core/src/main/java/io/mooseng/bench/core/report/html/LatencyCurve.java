package io.mooseng.bench.core.report.html;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** What is drawn of a histogram. */
final class LatencyCurve {

  /** With fewer samples not even a median may be told: see {@code Percentile}. */
  static final long FEWEST_SAMPLES = 20;

  /** A percentile needs ten samples beyond it, here as in every table. */
  private static final double SAMPLES_BEYOND = 10;

  private static final int POINTS_PER_NINE = 10;

  private LatencyCurve() {}

  /**
   * Points of the curve: nines ({@link Axis#nines}) and nanoseconds, as far out as samples allow.
   */
  static List<Plot.Point> of(Histogram histogram) {
    List<Plot.Point> points = new ArrayList<>();
    if (histogram.getTotalCount() < FEWEST_SAMPLES) {
      return points;
    }
    double end = StrictMath.log10(histogram.getTotalCount() / SAMPLES_BEYOND);
    int steps = (int) Math.floor(end * POINTS_PER_NINE + 1e-9);
    for (int i = 0; i <= steps; i++) {
      add(points, histogram, (double) i / POINTS_PER_NINE);
    }
    if (end - (double) steps / POINTS_PER_NINE > 1e-9) {
      add(points, histogram, end);
    }
    return points;
  }

  private static void add(List<Plot.Point> points, Histogram histogram, double nines) {
    double percentile = 100 - 100 * StrictMath.pow(10, -nines);
    long nanos = histogram.getValueAtPercentile(percentile);
    points.add(new Plot.Point(nines, Math.max(1, nanos)));
  }

  /** Samples in each of {@code count} equal parts of the axis. */
  static long[] bins(Histogram histogram, Axis axis, int count) {
    long[] bins = new long[count];
    for (HistogramIterationValue value : histogram.recordedValues()) {
      double at = axis.at(Math.max(1, value.getValueIteratedTo()));
      int bin = (int) Math.floor(at * count);
      bins[Math.max(0, Math.min(count - 1, bin))] += value.getCountAtValueIteratedTo();
    }
    return bins;
  }
}
