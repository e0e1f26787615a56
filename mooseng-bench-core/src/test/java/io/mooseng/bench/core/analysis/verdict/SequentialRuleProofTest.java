package io.mooseng.bench.core.analysis.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.analysis.test.MeanTest;
import io.mooseng.bench.core.random.SeededRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What stopping early costs and saves; simulated with a pair deviation of 2.8 %, seeded. */
class SequentialRuleProofTest {

  private static final int TRIALS = 5_000;
  private static final double LEAST = Math.log1p(0.03);
  private static final int MOST_PAIRS = 20;

  private record Outcome(Verdict verdict, int pairs) {}

  private record Shares(double regressions, double noChange, double meanPairs) {}

  private static Outcome run(SequentialRule rule, double effect, SeededRandom random) {
    double[] d = Simulation.pairs(MOST_PAIRS, effect, random);
    Verdict verdict = Verdict.INCONCLUSIVE;
    for (int pairs : SequentialRule.LOOKS) {
      verdict = rule.look(Arrays.copyOf(d, pairs));
      if (verdict != Verdict.INCONCLUSIVE) {
        return new Outcome(verdict, pairs);
      }
    }
    return new Outcome(verdict, MOST_PAIRS);
  }

  private static Shares simulate(long seed, int rows, double effect) {
    SequentialRule rule = new SequentialRule(rows, LEAST);
    int regressions = 0;
    int noChange = 0;
    long pairs = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      Outcome outcome = run(rule, effect, SeededRandom.of(seed, trial));
      regressions += outcome.verdict() == Verdict.REGRESSION ? 1 : 0;
      noChange += outcome.verdict() == Verdict.NO_CHANGE ? 1 : 0;
      pairs += outcome.pairs();
    }
    return new Shares(
        (double) regressions / TRIALS, (double) noChange / TRIALS, (double) pairs / TRIALS);
  }

  @Test
  void savesHalfOfThePairsOfTheSameBuildAndHardlyEverFailsIt() {
    Shares same = simulate(1, 1, 0);
    assertThat(same.regressions()).isLessThanOrEqualTo(0.01);
    assertThat(same.noChange()).isGreaterThanOrEqualTo(0.99);
    assertThat(same.meanPairs()).isLessThanOrEqualTo(9);
    assertThat(1 - same.meanPairs() / MOST_PAIRS).isGreaterThanOrEqualTo(0.5);
  }

  @Test
  void findsFivePercent() {
    assertThat(simulate(2, 1, 0.05).regressions()).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void sixtyRowsTogetherFailAsRarelyAndStillFindFivePercent() {
    // One row of sixty: its share times sixty bounds that of any of them.
    assertThat(60 * simulate(3, 60, 0).regressions()).isLessThanOrEqualTo(0.05);
    assertThat(simulate(4, 60, 0.05).regressions()).isGreaterThanOrEqualTo(0.90);
  }

  /** What must not be done: a test at 5 % after every pair from the fifth on. */
  @Test
  void lookingAfterEveryPairWouldFailOneBuildInSix() {
    int failed = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      double[] d = Simulation.pairs(MOST_PAIRS, 0, SeededRandom.of(5, trial));
      boolean any = false;
      for (int pairs = 3; pairs <= MOST_PAIRS && !any; pairs++) {
        any = MeanTest.paired(Arrays.copyOf(d, pairs)).pTwoSided() < 0.05;
      }
      failed += any ? 1 : 0;
    }
    assertThat((double) failed / TRIALS).isGreaterThan(0.15);
  }

  @Test
  void looksAtItsTimesOnly() {
    SequentialRule rule = new SequentialRule(1, LEAST);
    assertThatThrownBy(() -> rule.look(1, 2, 3, 4, 5, 6, 7)).hasMessageContaining("accepted");
    assertThatThrownBy(() -> new SequentialRule(0, LEAST))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new SequentialRule(5, LEAST).level()).isEqualTo(0.01 / 4 / 5);
  }

  @Test
  void stopsWhenAnIntervalIsNarrowEnough() {
    PrecisionRule rule = new PrecisionRule(0.02);
    double[] noisy = {1, 1.1, 0.9, 1.2, 0.8, 1.1};
    double[] calm = {1, 1.01, 0.99, 1, 1.01, 0.99};
    assertThat(rule.isEnough(calm)).isTrue();
    assertThat(rule.isEnough(Arrays.copyOf(calm, 5))).isFalse();
    assertThat(rule.isEnough(noisy)).isFalse();
    double[] twenty = new double[20];
    Arrays.setAll(twenty, i -> i);
    assertThat(rule.isEnough(twenty)).isTrue();
    assertThatThrownBy(() -> new PrecisionRule(0)).hasMessageContaining("accepted");
  }

  /** Comparing runs that stopped by their width finds false differences more often than it says. */
  @Test
  void stoppingByTheWidthIsLiberal() {
    int significant = 0;
    long forks = 0;
    PrecisionRule rule = new PrecisionRule(0.02);
    for (int trial = 0; trial < TRIALS; trial++) {
      double[] a = untilPrecise(rule, SeededRandom.of(6, trial, 0));
      double[] b = untilPrecise(rule, SeededRandom.of(6, trial, 1));
      significant += MeanTest.welch(a, b).pTwoSided() < 0.05 ? 1 : 0;
      forks += a.length;
    }
    assertThat((double) significant / TRIALS).isBetween(0.06, 0.09);
    assertThat((double) forks / TRIALS).isBetween(6.0, 12.0);
  }

  private static double[] untilPrecise(PrecisionRule rule, SeededRandom random) {
    double[] x = new double[PrecisionRule.MOST_FORKS];
    Arrays.setAll(x, i -> 0.028 * random.nextNormal());
    int forks = PrecisionRule.LEAST_FORKS;
    while (!rule.isEnough(Arrays.copyOf(x, forks))) {
      forks++;
    }
    return Arrays.copyOf(x, forks);
  }
}
