package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForkOrderTest {

  private static final List<String> TARGETS = List.of("a", "b", "c");

  @Test
  void oneSeedGivesOneOrder() {
    for (int fork = 0; fork < 20; fork++) {
      assertThat(ForkOrder.of(TARGETS, 7, 3, fork))
          .isEqualTo(ForkOrder.of(TARGETS, 7, 3, fork))
          .containsExactlyInAnyOrderElementsOf(TARGETS);
    }
  }

  /** Within one run, where forks are numbered: 45 of 400 are 4.5 standard deviations. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 7, 42, 2024, -1, Long.MAX_VALUE})
  void whoBeginsARoundSaysNothingOfTheNext(long seed) {
    List<String> first =
        IntStream.range(0, 400)
            .mapToObj(fork -> ForkOrder.of(List.of("a", "b"), seed, 0, fork).get(0))
            .toList();
    long changes =
        IntStream.range(1, 400).filter(i -> !first.get(i).equals(first.get(i - 1))).count();
    assertThat(first.stream().filter("a"::equals).count()).isBetween(155L, 245L);
    assertThat(changes).isBetween(155L, 245L);
  }

  /** Chi-square over the six orders: 20.5 is the 0.999 quantile at five degrees of freedom. */
  @Test
  void everyOrderIsAsLikely() {
    int forks = 6_000;
    Map<List<String>, Integer> counts = new HashMap<>();
    for (int fork = 0; fork < forks; fork++) {
      counts.merge(ForkOrder.of(TARGETS, 1, fork / 10, fork % 10), 1, Integer::sum);
    }
    double expected = forks / 6.0;
    double chiSquare =
        counts.values().stream().mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    assertThat(counts).hasSize(6);
    assertThat(chiSquare).isLessThan(20.5);
  }
}
