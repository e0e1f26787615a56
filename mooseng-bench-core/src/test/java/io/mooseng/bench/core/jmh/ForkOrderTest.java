package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
