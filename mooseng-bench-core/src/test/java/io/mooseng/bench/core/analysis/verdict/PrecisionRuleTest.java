package io.mooseng.bench.core.analysis.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PrecisionRuleTest {

  @Test
  void halfWidthsAreSharesOfTheMean() {
    // t(0.975, 3) = 3.182446305, deviation 0.01 * sqrt(4/3), four values.
    double expected = Math.expm1(3.182446305 * 0.01 * Math.sqrt(4.0 / 3) / 2);
    assertThat(PrecisionRule.halfWidthOf(1.01, 0.99, 1.01, 0.99)).isCloseTo(expected, within(1e-9));
    assertThat(new PrecisionRule(expected + 1e-6).isPrecise(1.01, 0.99, 1.01, 0.99)).isTrue();
    assertThat(new PrecisionRule(expected - 1e-6).isPrecise(1.01, 0.99, 1.01, 0.99)).isFalse();
  }
}
