package io.mooseng.bench.core.analysis.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.analysis.test.HierarchicalBootstrap;
import io.mooseng.bench.core.analysis.test.Sample;
import io.mooseng.bench.core.random.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often the interval misses what there is, by simulation. */
@Timeout(120)
class HierarchicalBootstrapProofTest {

  private static final int TRIALS = 150;

  private static double missed(int forks, double shift) {
    int missed = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      SeededRandom random = SeededRandom.of(31, forks, trial);
      HierarchicalBootstrap interval =
          HierarchicalBootstrap.of(
              Simulation.forks(forks, 0, random),
              Simulation.forks(forks, shift, random),
              Sample::median,
              trial);
      missed += interval.lo() > shift || interval.hi() < shift ? 1 : 0;
    }
    return (double) missed / TRIALS;
  }

  @Test
  void itHoldsWhatThereIs() {
    assertThat(missed(5, 0)).isLessThanOrEqualTo(0.05);
    assertThat(missed(10, 0)).isLessThanOrEqualTo(0.08);
    assertThat(missed(5, Math.log(1.1))).isLessThanOrEqualTo(0.05);
  }

  /** An interval that holds everything would hold what there is, too. */
  @Test
  void itIsNotWiderThanItHasToBe() {
    SeededRandom random = SeededRandom.of(37);
    double[][] base = Simulation.forks(10, 0, random);
    HierarchicalBootstrap interval =
        HierarchicalBootstrap.of(
            base, Simulation.forks(10, Math.log(1.1), random), Sample::median, 1);
    assertThat(interval.lo()).isPositive();
    assertThat(interval.hi() - interval.lo()).isLessThan(0.08);
    assertThat(interval.difference()).isBetween(interval.lo(), interval.hi());
  }

  @Test
  void theSameSamplesGiveTheSameIntervalAndConstantOnesAPoint() {
    double[][] base = Simulation.forks(5, 0, SeededRandom.of(41));
    double[][] other = Simulation.forks(6, 0.1, SeededRandom.of(43));
    assertThat(HierarchicalBootstrap.of(base, other, Sample::median, 9))
        .isEqualTo(HierarchicalBootstrap.of(base, other, Sample::median, 9));
    double[][] ones = {{1, 1}, {1, 1}};
    double[][] twos = {{2, 2}, {2, 2}};
    HierarchicalBootstrap exact = HierarchicalBootstrap.of(ones, twos, Sample::median, 1);
    assertThat(exact.lo()).isCloseTo(1, within(0.0));
    assertThat(exact.hi()).isCloseTo(1, within(0.0));
  }

  @Test
  void tooFewForksAreRefused() {
    double[][] one = {{1, 2}};
    double[][] two = {{1, 2}, {}};
    assertThatThrownBy(() -> HierarchicalBootstrap.of(one, one, Sample::median, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HierarchicalBootstrap.of(two, two, Sample::median, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
