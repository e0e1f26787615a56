package io.mooseng.bench.core.report.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;

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
  static List<Plot.Point> of(Steps values) {
    List<Plot.Point> points = new ArrayList<>();
    if (values.samples() < FEWEST_SAMPLES) {
      return points;
    }
    double end = StrictMath.log10(values.samples() / SAMPLES_BEYOND);
    int steps = (int) Math.floor(end * POINTS_PER_NINE + 1e-9);
    for (int i = 0; i <= steps; i++) {
      add(points, values, (double) i / POINTS_PER_NINE);
    }
    if (end - (double) steps / POINTS_PER_NINE > 1e-9) {
      add(points, values, end);
    }
    return points;
  }

  private static void add(List<Plot.Point> points, Steps values, double nines) {
    double percentile = 100 - 100 * StrictMath.pow(10, -nines);
    points.add(new Plot.Point(nines, Math.max(1, values.atPercentile(percentile))));
  }

  /**
   * The values of a histogram and how many samples lie up to each, made once for many percentiles:
   * the histogram itself would go through all of its counts for each of them.
   */
  record Steps(long least, long[] values, long[] upTo) {

    static Steps of(Histogram histogram) {
      LongStream.Builder values = LongStream.builder();
      LongStream.Builder upTo = LongStream.builder();
      long found = 0;
      // From the least value: the histogram's own iterator begins with all smaller ones, too.
      long value = histogram.getMinValue();
      while (found < histogram.getTotalCount()) {
        long count = histogram.getCountAtValue(value);
        if (count > 0) {
          found += count;
          values.add(histogram.highestEquivalentValue(value));
          upTo.add(found);
        }
        value = histogram.nextNonEquivalentValue(value);
      }
      return new Steps(histogram.getMinValue(), values.build().toArray(), upTo.build().toArray());
    }

    long samples() {
      return upTo.length == 0 ? 0 : upTo[upTo.length - 1];
    }

    /** The greatest value that was recorded, as far as it is known. */
    long greatest() {
      return values[values.length - 1];
    }

    /**
     * As {@link Histogram#getValueAtPercentile}, to the last digit.
     *
     * @param percentile 0 to 100
     */
    long atPercentile(double percentile) {
      if (percentile == 0) {
        return least;
      }
      double share = Math.max(0, Math.nextDown(percentile));
      long samples = Math.max(1, (long) Math.ceil(share * samples() / 100));
      int at = Arrays.binarySearch(upTo, samples);
      return values[at < 0 ? -at - 1 : at];
    }
  }

  /** Samples in each of {@code count} equal parts of the axis. */
  static long[] bins(Steps values, Axis axis, int count) {
    long[] bins = new long[count];
    long before = 0;
    for (int i = 0; i < values.values().length; i++) {
      double at = axis.at(Math.max(1, values.values()[i]));
      int bin = (int) Math.floor(at * count);
      bins[Math.max(0, Math.min(count - 1, bin))] += values.upTo()[i] - before;
      before = values.upTo()[i];
    }
    return bins;
  }
}
