package io.mooseng.bench.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.analysis.ScalabilityFit.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalabilityFitTest {

  private static final int[] CLIENTS = {1, 5, 10, 25, 50, 100, 250, 500};

  private static List<Point> points(UniversalScalabilityLaw law, int... ns) {
    return Arrays.stream(ns).mapToObj(n -> new Point(n, law.throughput(n))).toList();
  }

  private static double logUniform(SplittableRandom random, double from, double to) {
    return from * Math.pow(to / from, random.nextDouble());
  }

  /** A law as systems have it; each of its costs is nothing in one case of five. */
  private static UniversalScalabilityLaw randomLaw(SplittableRandom random) {
    return new UniversalScalabilityLaw(
        logUniform(random, 10, 1e6),
        random.nextInt(5) == 0 ? 0 : logUniform(random, 1e-3, 1),
        random.nextInt(5) == 0 ? 0 : logUniform(random, 1e-6, 1e-2));
  }

  @RepeatedTest(500)
  void findsTheLawBehindPointsWithoutNoise(RepetitionInfo info) {
    UniversalScalabilityLaw law = randomLaw(new SplittableRandom(info.getCurrentRepetition()));
    ScalabilityFit fit = ScalabilityFit.of(points(law, CLIENTS));
    assertThat(fit.law().lambda()).isCloseTo(law.lambda(), within(law.lambda() * 1e-8));
    assertThat(fit.law().sigma()).isCloseTo(law.sigma(), within(1e-8));
    assertThat(fit.law().kappa()).isCloseTo(law.kappa(), within(1e-9));
    assertThat(fit.residual()).isLessThan(1e-8);
  }

  @Test
  void fourPointsAreEnough() {
    UniversalScalabilityLaw law = new UniversalScalabilityLaw(1_000, 0.05, 0.0004);
    ScalabilityFit fit = ScalabilityFit.of(points(law, 1, 8, 32, 128));
    assertThat(fit.law().sigma()).isCloseTo(0.05, within(1e-9));
    assertThat(fit.law().kappa()).isCloseTo(0.0004, within(1e-9));
    assertThat(fit.r2()).isCloseTo(1, within(1e-9));
  }

  /**
   * A least-squares fit of p parameters takes p of n parts of the noise for signal: its curve is
   * off the true one by about 3/8 of the variance of the points, averaged over many fits.
   */
  @Test
  void noiseIsAveragedOut() {
    SplittableRandom random = new SplittableRandom(1);
    double noise = 0.02;
    double curve = 0;
    double residual = 0;
    int fits = 2_000;
    for (int i = 0; i < fits; i++) {
      UniversalScalabilityLaw law =
          new UniversalScalabilityLaw(
              logUniform(random, 10, 1e6),
              logUniform(random, 0.01, 0.3),
              logUniform(random, 1e-5, 1e-3));
      DoubleSupplier factor = () -> Math.exp(noise * random.nextGaussian());
      ScalabilityFit fit =
          ScalabilityFit.of(
              Arrays.stream(CLIENTS)
                  .mapToObj(n -> new Point(n, law.throughput(n) * factor.getAsDouble()))
                  .toList());
      for (int n : CLIENTS) {
        curve += square(fit.law().throughput(n) / law.throughput(n) - 1);
      }
      residual += square(fit.residual());
    }
    double points = fits * (double) CLIENTS.length;
    assertThat(curve / points / square(noise)).isBetween(0.3, 0.45);
    assertThat(residual / fits / square(noise)).isBetween(0.5, 0.7);
  }

  /** What is found lies about the truth, as far as the scatter of what is found lets one say. */
  @Test
  void theCostsAreFoundWithoutBias() {
    UniversalScalabilityLaw law = new UniversalScalabilityLaw(5_000, 0.08, 0.0002);
    SplittableRandom random = new SplittableRandom(7);
    List<Double> sigmas = new ArrayList<>();
    List<Double> kappas = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      ScalabilityFit fit =
          ScalabilityFit.of(
              Arrays.stream(CLIENTS)
                  .mapToObj(
                      n -> new Point(n, law.throughput(n) * Math.exp(0.01 * random.nextGaussian())))
                  .toList());
      sigmas.add(fit.law().sigma());
      kappas.add(fit.law().kappa());
    }
    assertAbout(sigmas, law.sigma());
    assertAbout(kappas, law.kappa());
  }

  private static void assertAbout(List<Double> found, double truth) {
    double mean = found.stream().mapToDouble(v -> v).average().orElseThrow();
    double deviation =
        Math.sqrt(found.stream().mapToDouble(v -> square(v - mean)).sum() / found.size());
    assertThat(mean).isCloseTo(truth, within(Math.max(0.01 * truth, 5 * deviation / 40)));
    assertThat(deviation).as("scatter").isLessThan(truth / 4);
  }

  /** No law on a grid fits any points better than the one that is found. */
  @RepeatedTest(100)
  void noLawOfAGridIsBetter(RepetitionInfo info) {
    SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    int[][] choices = {{1, 2, 4, 8}, {1, 5, 10, 25, 50}, {2, 3, 7, 20, 60, 90}};
    List<Point> points =
        Arrays.stream(choices[random.nextInt(choices.length)])
            .mapToObj(n -> new Point(n, logUniform(random, 50, 2_000)))
            .toList();
    ScalabilityFit fit = ScalabilityFit.of(points);
    UniversalScalabilityLaw law = fit.law();
    assertThat(law.sigma()).isBetween(0.0, 1.0);
    assertThat(law.kappa()).isBetween(0.0, 1.0);
    double own = badness(points, law.lambda(), law.sigma(), law.kappa());
    assertThat(Math.sqrt(own / points.size())).isCloseTo(fit.residual(), within(1e-9));
    double best = Double.MAX_VALUE;
    for (double sigma : grid(0.002)) {
      for (double kappa : grid(0.0002)) {
        best = Math.min(best, badness(points, bestLambda(points, sigma, kappa), sigma, kappa));
      }
    }
    assertThat(own).isLessThanOrEqualTo(best * (1 + 1e-9) + 1e-12);
  }

  /** From 0 to 1, denser towards 0. */
  private static List<Double> grid(double step) {
    List<Double> values = new ArrayList<>();
    for (double value = 0; value < 1; value = value * 1.04 + step) {
      values.add(value);
    }
    values.add(1.0);
    return values;
  }

  private static double badness(List<Point> points, double lambda, double sigma, double kappa) {
    return points.stream().mapToDouble(p -> square(inverse(p, sigma, kappa) / lambda - 1)).sum();
  }

  /** Measured throughput / the law's, for a lambda of 1. */
  private static double inverse(Point p, double sigma, double kappa) {
    return p.throughput() * (1 + sigma * (p.n() - 1) + kappa * p.n() * (p.n() - 1)) / p.n();
  }

  /** Where the derivative of the sum of squares by 1/lambda is zero. */
  private static double bestLambda(List<Point> points, double sigma, double kappa) {
    double squares = points.stream().mapToDouble(p -> square(inverse(p, sigma, kappa))).sum();
    return squares / points.stream().mapToDouble(p -> inverse(p, sigma, kappa)).sum();
  }

  @Test
  void throughputInProportionHasNoCosts() {
    ScalabilityFit fit = ScalabilityFit.of(points(new UniversalScalabilityLaw(250, 0, 0), CLIENTS));
    assertThat(fit.law().sigma()).isCloseTo(0, within(1e-12));
    assertThat(fit.law().kappa()).isCloseTo(0, within(1e-12));
    assertThat(fit.law().peakAt()).isEmpty();
  }

  /** Twice as many clients, more than twice the throughput: no law with costs does that. */
  @Test
  void throughputBeyondProportionIsNotExplainedByNegativeCosts() {
    ScalabilityFit fit =
        ScalabilityFit.of(
            List.of(new Point(1, 100), new Point(2, 260), new Point(4, 800), new Point(8, 3_000)));
    assertThat(fit.law().sigma()).isZero();
    assertThat(fit.law().kappa()).isZero();
    assertThat(fit.residual()).isGreaterThan(0.3);
  }

  @Test
  void constantThroughputIsAllContention() {
    ScalabilityFit fit =
        ScalabilityFit.of(Arrays.stream(CLIENTS).mapToObj(n -> new Point(n, 777)).toList());
    assertThat(fit.law().lambda()).isCloseTo(777, within(1e-6));
    assertThat(fit.law().sigma()).isCloseTo(1, within(1e-9));
    assertThat(fit.law().kappa()).isCloseTo(0, within(1e-12));
    assertThat(fit.residual()).isLessThan(1e-9);
    assertThat(fit.r2()).as("nothing varies that could be explained").isNull();
  }

  /** The peak is where its neighbours are lower, found without the formula. */
  @RepeatedTest(50)
  void thePeakIsTheHighestPointOfTheCurve(RepetitionInfo info) {
    SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    UniversalScalabilityLaw law =
        new UniversalScalabilityLaw(1_000, random.nextDouble(0.9), logUniform(random, 1e-6, 1e-2));
    double peak = law.peakAt().orElseThrow();
    assertThat(peak).isGreaterThanOrEqualTo(1);
    double highest = law.throughput(peak);
    for (double n = 1; n < 1e5; n *= 1.01) {
      assertThat(law.throughput(n)).isLessThanOrEqualTo(highest * (1 + 1e-12));
    }
  }

  /** A second client only harms: nobody does better than one. */
  @Test
  void thePeakIsNeverBelowOneClient() {
    assertThat(new UniversalScalabilityLaw(10, 1, 0.1).peakAt()).hasValue(1);
    assertThat(new UniversalScalabilityLaw(10, 0.9, 0.5).peakAt()).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.05, 0.0004, 1", "10, 0.05, 0.0004, 6.7294751", "100, 0.05, 0.0004, 10.0908174"})
  void isTheLawAsItIsPrinted(double n, double sigma, double kappa, double expected) {
    assertThat(new UniversalScalabilityLaw(1, sigma, kappa).throughput(n))
        .isCloseTo(expected, within(1e-4));
  }

  @ParameterizedTest
  @CsvSource({"1;2;3", "1;2;3;3;3;2;1", "5"})
  void refusesFewerThanFourDifferentN(String ns) {
    List<Point> points =
        Arrays.stream(ns.split(";")).map(n -> new Point(Double.parseDouble(n), 100)).toList();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScalabilityFit.of(points))
        .withMessageMatching("a fit needs 4 different numbers of clients, there are [13]");
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "-1, 0, 0", "1, -0.1, 0", "1, 1.1, 0", "1, 0, -0.1", "1, 0, 1.1"})
  void refusesWhatIsNoLaw(double lambda, double sigma, double kappa) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UniversalScalabilityLaw(lambda, sigma, kappa));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-1, 1", "NaN, 1", "1, 0", "1, -5", "1, NaN", "1, Infinity"})
  void refusesWhatIsNoPoint(double n, double throughput) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Point(n, throughput));
  }

  private static double square(double value) {
    return value * value;
  }
}
