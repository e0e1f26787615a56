package io.mooseng.bench.core.analysis.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.random.SeededRandom;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Reference values are those of SciPy 1.17.1. */
class MeanTestTest {

  private static final Offset<Double> EXACT = within(1e-9);

  /** "Student" (W. S. Gosset), The Probable Error of a Mean, Biometrika 6, 1908: sleep gained. */
  private static final double[] DRUG_1 = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};

  private static final double[] DRUG_2 = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

  @Test
  void pairsAreTestedAsSciPyDoes() {
    double[] d = new double[DRUG_1.length];
    Arrays.setAll(d, i -> DRUG_2[i] - DRUG_1[i]);
    MeanTest test = MeanTest.paired(d);
    assertThat(test.mean() / test.error()).isCloseTo(4.062127683382037, EXACT);
    assertThat(test.df()).isEqualTo(9);
    assertThat(test.pTwoSided()).isCloseTo(0.002832890197384273, EXACT);
    MeanTest other = MeanTest.paired(0.01, 0.03, -0.005, 0.02, 0.015, 0.04, 0.012);
    assertThat(other.pAbove(0.005)).isCloseTo(0.032175726242846314, EXACT);
    assertThat(other.mean() + other.halfWidth(0.95)).isCloseTo(0.030871824406771123, EXACT);
  }

  @Test
  void samplesAreTestedAsSciPyDoes() {
    MeanTest sleep = MeanTest.welch(DRUG_1, DRUG_2);
    assertThat(sleep.mean() / sleep.error()).isCloseTo(1.8608134674868526, EXACT);
    assertThat(sleep.df()).isCloseTo(17.776473516178488, EXACT);
    assertThat(sleep.pTwoSided()).isCloseTo(0.0793941401873583, EXACT);
    MeanTest unequal =
        MeanTest.welch(
            new double[] {2.1, 2.3, 1.9, 2.2, 2.05},
            new double[] {2.4, 2.2, 2.9, 2.6, 2.45, 2.5, 2.55});
    assertThat(unequal.pAbove(0)).isCloseTo(0.0016484583368718694, EXACT);
    assertThat(unequal.pBelow(0)).isCloseTo(1 - 0.0016484583368718694, EXACT);
    assertThat(unequal.mean() - unequal.halfWidth(0.95)).isCloseTo(0.16936723535351209, EXACT);
    assertThat(unequal.mean() + unequal.halfWidth(0.95)).isCloseTo(0.6392041932179167, EXACT);
    assertThat(unequal.n()).isEqualTo(5);
  }

  @Test
  void smallTailsKeepTheirDigits() {
    assertThat(StudentT.upperTail(9.5, 9.3)).isCloseTo(2.162610758586414e-6, within(1e-15));
    assertThat(StudentT.quantile(0.975, 7)).isCloseTo(2.364624251592784, EXACT);
  }

  @Test
  void valuesThatDoNotScatterHaveNoT() {
    MeanTest same = MeanTest.paired(0.1, 0.1, 0.1, 0.1, 0.1);
    assertThat(same.pAbove(0)).isEqualTo(1.0 / 32);
    assertThat(same.pBelow(0)).isEqualTo(1);
    assertThat(same.pTwoSided()).isEqualTo(1.0 / 16);
    assertThat(same.halfWidth(0.95)).isZero();
    assertThat(same.surelyBelow(0.2, 0.95)).isTrue();
    assertThat(same.surelyBelow(0.1, 0.95)).isFalse();
    MeanTest none = MeanTest.paired(0, 0, 0);
    assertThat(none.pAbove(0)).isEqualTo(1);
    assertThat(none.pTwoSided()).isEqualTo(1);
    MeanTest samples = MeanTest.welch(new double[] {1, 1, 1}, new double[] {2, 2, 2});
    assertThat(samples.pAbove(0)).isCloseTo(1.0 / 20, EXACT);
  }

  @Test
  void refusesWhatIsNoSample() {
    assertThatThrownBy(() -> MeanTest.paired(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MeanTest.paired(1, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> MeanTest.welch(new double[] {1, 2}, new double[] {1}))
        .hasMessageContaining("accepted");
    assertThatThrownBy(() -> Sample.of()).hasMessageContaining("no values");
    assertThatThrownBy(() -> Sample.median()).hasMessageContaining("no values");
  }

  @Test
  void whatIsCalledDetectableIsFoundFourTimesInFive() {
    int found = 0;
    int trials = 4_000;
    double effect = new MeanTest(0, 1 / Math.sqrt(10), 9, 10, 0.001).detectable(0.01, 0.8);
    for (int i = 0; i < trials; i++) {
      SeededRandom random = SeededRandom.of(3, i);
      double[] d = new double[10];
      Arrays.setAll(d, j -> effect + random.nextNormal());
      found += MeanTest.paired(d).pAbove(0) <= 0.01 ? 1 : 0;
    }
    assertThat((double) found / trials).isBetween(0.77, 0.83);
  }

  @Test
  void detectableEffectsAreThoseThatWereSimulated() {
    // Paired, one-sided 0.01, power 0.8: deviation 2 % and 5 %, n = 10 and 20.
    assertThat(detectable(0.02, 10)).isCloseTo(0.024, within(0.001));
    assertThat(detectable(0.02, 20)).isCloseTo(0.015, within(0.001));
    assertThat(detectable(0.05, 10)).isCloseTo(0.061, within(0.002));
  }

  private static double detectable(double deviation, int n) {
    double error = deviation / Math.sqrt(n);
    return Math.expm1(new MeanTest(0, error, n - 1, n, 0.001).detectable(0.01, 0.8));
  }
}
