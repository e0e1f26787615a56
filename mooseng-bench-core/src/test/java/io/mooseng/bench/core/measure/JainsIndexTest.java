package io.mooseng.bench.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class JainsIndexTest {

  @Test
  void evenSharesAreFair() {
    assertThat(JainsIndex.of(new long[] {7})).isEqualTo(1);
    assertThat(JainsIndex.of(new long[] {5, 5, 5, 5})).isEqualTo(1);
  }

  @Test
  void oneOfNThatHasAllIsOneNth() {
    assertThat(JainsIndex.of(new long[] {0, 0, 9, 0})).isEqualTo(0.25);
  }

  /** From the paper's definition, by hand: 6^2 / (3 x 14). */
  @Test
  void unevenSharesLieBetween() {
    assertThat(JainsIndex.of(new long[] {1, 2, 3})).isCloseTo(36.0 / 42, within(1e-15));
  }

  @Test
  void nothingToShareIsNeitherFairNorUnfair() {
    assertThat(JainsIndex.of(new long[3])).isNaN();
  }

  @Test
  void refusesWhatIsNoShare() {
    assertThatIllegalArgumentException().isThrownBy(() -> JainsIndex.of(new long[0]));
    assertThatIllegalArgumentException().isThrownBy(() -> JainsIndex.of(new long[] {1, -1}));
  }

  /** 1 / (1 + v^2) with v the coefficient of variation, which is how it can be known otherwise. */
  @RepeatedTest(100)
  void isWhatTheVariationOfTheSharesSays(RepetitionInfo info) {
    SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    long[] shares = random.longs(1 + random.nextInt(500), 0, 1L << random.nextInt(1, 40)).toArray();
    shares[0] = 1;
    double mean = Arrays.stream(shares).average().orElseThrow();
    double variance =
        Arrays.stream(shares).mapToDouble(s -> (s - mean) * (s - mean)).sum() / shares.length;
    assertThat(JainsIndex.of(shares))
        .isCloseTo(1 / (1 + variance / (mean * mean)), within(1e-9))
        .isBetween(1.0 / shares.length - 1e-12, 1.0);
  }
}
