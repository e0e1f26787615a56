package io.mooseng.bench.core.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyCurveTest {

  @Test
  void percentilesAreThoseOfTheHistogram() {
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 60; trial++) {
      Histogram histogram = new Histogram(1 + trial % 4);
      histogram.setAutoResize(true);
      int samples = random.nextInt(1, 3_000);
      int bits = random.nextInt(1, 40);
      random.longs(samples, 0, 1L << bits).forEach(histogram::recordValue);
      LatencyCurve.Steps steps = LatencyCurve.Steps.of(histogram);
      for (double nines = 0; nines < 5; nines += 0.1) {
        double percentile = 100 - 100 * StrictMath.pow(10, -nines);
        assertThat(steps.atPercentile(percentile))
            .as("%s of %d samples", percentile, samples)
            .isEqualTo(histogram.getValueAtPercentile(percentile));
      }
      for (int i = 1; i <= 100; i++) {
        assertThat(steps.atPercentile(i)).isEqualTo(histogram.getValueAtPercentile(i));
      }
    }
  }
}
