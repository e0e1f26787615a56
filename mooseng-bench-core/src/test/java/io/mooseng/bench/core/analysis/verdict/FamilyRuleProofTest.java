package io.mooseng.bench.core.analysis.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.analysis.test.Adjustment;
import io.mooseng.bench.core.analysis.test.MeanTest;
import io.mooseng.bench.core.random.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;
import org.junit.jupiter.api.Test;

/**
 * How often the rule is wrong, and how often it finds what is there; and that what it does not do
 * would be wrong far more often. Simulated, seeded.
 */
class FamilyRuleProofTest {

  private static final int TRIALS = 5_000;
  private static final int ROWS = 60;
  private static final int BUILDS = 1_000;
  private static final double LEAST = Math.log1p(0.03);

  @Test
  void forksOfTheSameBuildDifferAsOftenAsTheLevelSays() {
    int significant = 0;
    int regressions = 0;
    int covered = 0;
    int pooled = 0;
    MannWhitneyUTest mannWhitney = new MannWhitneyUTest();
    for (int trial = 0; trial < TRIALS; trial++) {
      SeededRandom random = SeededRandom.of(1, trial);
      double[][] a = Simulation.forks(Simulation.PAIRS, 0, random);
      double[][] b = Simulation.forks(Simulation.PAIRS, 0, random);
      MeanTest test =
          MeanTest.paired(Simulation.differences(Simulation.medians(a), Simulation.medians(b)));
      significant += test.pTwoSided() < 0.05 ? 1 : 0;
      covered += Math.abs(test.mean()) <= test.halfWidth(0.95) ? 1 : 0;
      regressions += verdict(test) == Verdict.REGRESSION ? 1 : 0;
      pooled +=
          mannWhitney.mannWhitneyUTest(Simulation.pooled(a), Simulation.pooled(b)) < 0.05 ? 1 : 0;
    }
    assertThat(share(significant, TRIALS)).isBetween(0.04, 0.06);
    assertThat(share(covered, TRIALS)).isBetween(0.94, 0.96);
    assertThat(share(regressions, TRIALS)).isLessThanOrEqualTo(0.005);
    // What many tools do: iterations taken for independent. It must fail, or this test cannot tell.
    assertThat(share(pooled, TRIALS)).isGreaterThan(0.15);
  }

  @Test
  void findsAShiftOfFivePercentAndLeavesOneOfOnePercentAlone() {
    assertThat(regressions(2, 0.05)).isGreaterThanOrEqualTo(0.90);
    assertThat(regressions(3, 0.01)).isLessThanOrEqualTo(0.02);
  }

  private static double regressions(long seed, double effect) {
    int found = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      double[] d = Simulation.pairs(Simulation.PAIRS, effect, SeededRandom.of(seed, trial));
      found += verdict(MeanTest.paired(d)) == Verdict.REGRESSION ? 1 : 0;
    }
    return share(found, TRIALS);
  }

  @Test
  void findsThreeTrueShiftsAmongSixtyRows() {
    int found = 0;
    int foundByHolm = 0;
    for (int build = 0; build < BUILDS; build++) {
      SeededRandom random = SeededRandom.of(4, build);
      List<Rule.Row> rows = new ArrayList<>();
      for (int row = 0; row < ROWS; row++) {
        rows.add(row(MeanTest.paired(Simulation.pairs(10, row < 3 ? 0.05 : 0, random))));
      }
      found += regressions(FamilyRule.REPORT.judge(rows).subList(0, 3));
      foundByHolm += regressions(FamilyRule.HARD.judge(rows).subList(0, 3));
    }
    assertThat(share(found, 3 * BUILDS)).isGreaterThanOrEqualTo(0.85);
    // Surer, and so less likely to find.
    assertThat(share(foundByHolm, 3 * BUILDS)).isBetween(0.70, share(found, 3 * BUILDS));
  }

  @Test
  void hardlyEverFailsABuildWithoutAChange() {
    int any = 0;
    int anyByHolm = 0;
    int anyByPAlone = 0;
    int anyRaw = 0;
    for (int build = 0; build < BUILDS; build++) {
      SeededRandom random = SeededRandom.of(5, build);
      List<Rule.Row> rows = new ArrayList<>();
      double[] p = new double[ROWS];
      for (int row = 0; row < ROWS; row++) {
        MeanTest test = MeanTest.paired(Simulation.pairs(10, 0, random));
        rows.add(row(test));
        p[row] = test.pAbove(0);
      }
      any += regressions(FamilyRule.REPORT.judge(rows)) > 0 ? 1 : 0;
      anyByHolm += regressions(FamilyRule.HARD.judge(rows)) > 0 ? 1 : 0;
      anyByPAlone += anyBelow(Adjustment.BENJAMINI_HOCHBERG.adjust(p)) ? 1 : 0;
      anyRaw += anyBelow(p) ? 1 : 0;
    }
    assertThat(share(any, BUILDS)).isLessThanOrEqualTo(0.01);
    assertThat(share(anyByHolm, BUILDS)).isLessThanOrEqualTo(share(any, BUILDS));
    assertThat(share(anyByPAlone, BUILDS)).isLessThanOrEqualTo(0.06);
    // Without an adjustment nearly every build fails.
    assertThat(share(anyRaw, BUILDS)).isGreaterThan(0.9);
  }

  /** The machine gets slower or faster as time goes on: a random walk of 0.6 % per fork. */
  @Test
  void turnsOutdoDriftAndOneAfterTheOtherDoesNot() {
    int interleaved = 0;
    int sequential = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      SeededRandom random = SeededRandom.of(6, trial);
      double[] slots = new double[2 * Simulation.PAIRS];
      double walk = 0;
      for (int slot = 0; slot < slots.length; slot++) {
        walk += 0.006 * random.nextNormal();
        slots[slot] = walk + 0.02 * random.nextNormal();
      }
      interleaved += MeanTest.paired(abba(slots)).pTwoSided() < 0.05 ? 1 : 0;
      double[] first = Arrays.copyOfRange(slots, 0, Simulation.PAIRS);
      double[] second = Arrays.copyOfRange(slots, Simulation.PAIRS, slots.length);
      sequential += MeanTest.welch(first, second).pTwoSided() < 0.05 ? 1 : 0;
    }
    assertThat(share(interleaved, TRIALS)).isLessThanOrEqualTo(0.06);
    assertThat(share(sequential, TRIALS)).isGreaterThanOrEqualTo(0.20);
  }

  private static double[] abba(double[] slots) {
    double[] d = new double[slots.length / 2];
    for (int pair = 0; pair < d.length; pair++) {
      double forward = slots[2 * pair + 1] - slots[2 * pair];
      d[pair] = pair % 2 == 0 ? forward : -forward;
    }
    return d;
  }

  @Test
  void whatIsBetterIsTheMirrorImageOfWhatIsWorse() {
    for (int trial = 0; trial < 300; trial++) {
      SeededRandom random = SeededRandom.of(7, trial);
      double[] d = Simulation.pairs(3 + trial % 10, (trial % 9 - 4) / 50.0, random);
      double[] mirrored = Arrays.stream(d).map(value -> -value).toArray();
      Rule.Judged one = judged(MeanTest.paired(d));
      Rule.Judged other = judged(MeanTest.paired(mirrored));
      assertThat(one.pWorse()).isCloseTo(other.pBetter(), within(1e-12));
      assertThat(one.verdict() == Verdict.REGRESSION)
          .isEqualTo(other.verdict() == Verdict.IMPROVEMENT);
    }
  }

  @Test
  void fewForksAndBlockedRowsAreInconclusiveAndNoPartOfTheFamily() {
    MeanTest clear = MeanTest.paired(0.2, 0.21, 0.19, 0.2, 0.22);
    MeanTest four = MeanTest.paired(0.2, 0.21, 0.19, 0.2);
    List<Rule.Judged> judged =
        FamilyRule.REPORT.judge(
            List.of(
                row(clear),
                row(four),
                new Rule.Row(Optional.empty(), LEAST, false),
                new Rule.Row(Optional.of(clear), LEAST, true)));
    assertThat(judged)
        .extracting(Rule.Judged::verdict)
        .containsExactly(
            Verdict.REGRESSION, Verdict.INCONCLUSIVE, Verdict.INCONCLUSIVE, Verdict.INCONCLUSIVE);
    assertThat(judged.get(0).pWorse()).isEqualTo(clear.pAbove(0));
    assertThat(FamilyRule.REPORT.judge(List.of())).isEmpty();
  }

  @Test
  void equalRunsShowNoChangeAndAWorseConstantOneIsARegression() {
    assertThat(verdict(MeanTest.paired(0, 0, 0, 0, 0))).isEqualTo(Verdict.NO_CHANGE);
    assertThat(verdict(MeanTest.paired(0.1, 0.1, 0.1, 0.1, 0.1))).isEqualTo(Verdict.REGRESSION);
    assertThat(verdict(MeanTest.paired(-0.1, -0.1, -0.1, -0.1, -0.1)))
        .isEqualTo(Verdict.IMPROVEMENT);
  }

  private static Rule.Row row(MeanTest test) {
    return new Rule.Row(Optional.of(test), LEAST, false);
  }

  private static Rule.Judged judged(MeanTest test) {
    return FamilyRule.REPORT.judge(List.of(row(test))).get(0);
  }

  private static Verdict verdict(MeanTest test) {
    return judged(test).verdict();
  }

  private static int regressions(List<Rule.Judged> rows) {
    return (int) rows.stream().filter(row -> row.verdict() == Verdict.REGRESSION).count();
  }

  private static boolean anyBelow(double[] p) {
    return Arrays.stream(p).anyMatch(value -> value <= 0.05);
  }

  private static double share(int count, int of) {
    return (double) count / of;
  }
}
