package io.mooseng.bench.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.jmh.BenchmarkTrial;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.model.Quantity;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class MixAtRateBenchmarkTest {

  private static final long OPERATIONS = 400;

  /** Many are under way at once, and none disturbs another. */
  @Test
  void startsEveryOperationOfTheSchedule() {
    Map<String, String> parameters =
        Map.of(
            "workload",
            "metadata-heavy",
            "population",
            "256KB",
            "rate",
            "800/s",
            "duration",
            "500ms",
            "arrival",
            "constant");
    try (BenchmarkTrial trial =
        BenchmarkTrial.against("memory:/", MixAtRateBenchmark.class, "perform", parameters)) {
      RecordedInterval interval = trial.iterate(1);
      assertThat(interval.failureMessages()).isEmpty();
      // What a machine that is too busy cannot start in time is dropped, and counted.
      long dropped = interval.values().get(Quantity.DROPPED).longValue();
      assertThat(interval.successes() + dropped).isEqualTo(OPERATIONS);
      assertThat(interval.seriesNanos().get("response").getTotalCount())
          .isEqualTo(interval.successes());
      assertThat(MixBenchmarkTest.counts(interval).values().stream().mapToLong(n -> n).sum())
          .isEqualTo(interval.successes());
      assertThat(interval.values()).containsEntry(Quantity.ASKED_RATE, 800.0);
    }
  }
}
