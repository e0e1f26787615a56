package io.mooseng.bench.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LogNormalNoiseTest {

  private static final int SAMPLES = 20_000;
  private static final long COST = 1_000_000;

  private static long[] samples(long seed, double sigma) {
    LogNormalNoise noise = new LogNormalNoise(seed, sigma);
    long[] samples = new long[SAMPLES];
    Arrays.setAll(samples, i -> noise.applyTo(COST));
    return samples;
  }

  @Test
  void logarithmsAreNormalWithTheSpreadAskedFor() {
    double[] logs =
        Arrays.stream(samples(9, 0.1)).mapToDouble(s -> Math.log((double) s / COST)).toArray();
    double mean = Arrays.stream(logs).average().orElseThrow();
    double variance = Arrays.stream(logs).map(x -> (x - mean) * (x - mean)).sum() / SAMPLES;
    assertThat(mean).isCloseTo(0, Offset.offset(0.003));
    assertThat(Math.sqrt(variance)).isCloseTo(0.1, Offset.offset(0.003));
    long withinOneSigma = Arrays.stream(logs).filter(x -> Math.abs(x) < 0.1).count();
    assertThat((double) withinOneSigma / SAMPLES).isCloseTo(0.683, Offset.offset(0.01));
  }

  @Test
  void seedDecides() {
    assertThat(samples(1, 0.1)).isEqualTo(samples(1, 0.1)).isNotEqualTo(samples(2, 0.1));
  }

  @Test
  void noSigmaIsNoNoise() {
    assertThat(samples(1, 0)).containsOnly(COST);
  }
}
