package io.mooseng.bench.core.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.commons.math3.stat.inference.ChiSquareTest;

/** Compares counts with the probabilities they should come from. */
public final class Fit {

  /** Seeds are fixed, so a test that passes once always does; a wrong table is far below this. */
  private static final double LEAST_P = 0.001;

  private Fit() {}

  /** Pearson's test: counts as far off as these are not too rare. */
  public static void assertFits(double[] probabilities, long[] counts) {
    assertThat(pValue(probabilities, counts))
        .as("p of %s under %s", Arrays.toString(counts), Arrays.toString(probabilities))
        .isGreaterThan(LEAST_P);
  }

  public static double pValue(double[] probabilities, long[] counts) {
    double draws = Arrays.stream(counts).sum();
    double sum = Arrays.stream(probabilities).sum();
    double[] expected = Arrays.stream(probabilities).map(p -> p / sum * draws).toArray();
    // Pearson's approximation holds from about five in each class.
    assertThat(Arrays.stream(expected).min().orElseThrow()).isGreaterThan(5);
    return new ChiSquareTest().chiSquareTest(expected, counts);
  }
}
