package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.plan.BenchmarkEntry;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.plan.Plans;
import io.mooseng.bench.core.plan.Sizes;
import io.mooseng.bench.core.result.ForkRecord;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.ResultStatus;
import io.mooseng.bench.core.target.OperationKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimulatedRunnerTest {

  private static final Sizes SIZES =
      new Sizes(1, 2, Duration.ofSeconds(1), 3, Duration.ofMillis(200));

  private static ResultRecord run(String method, String rtt, long seed) {
    BenchmarkEntry benchmark =
        new BenchmarkEntry(
            SampleBenchmark.class.getName(),
            method,
            "avgt",
            Map.of("size", List.of("4KB")),
            SIZES,
            OperationKind.READ,
            Set.of(),
            1);
    TreeMap<String, String> parameters = new TreeMap<>(Map.of("size", "4KB"));
    parameters.put("target", "simulated");
    if (rtt != null) {
      parameters.put("rtt", rtt);
    }
    RowBuilder row =
        new RowBuilder(new Cell(benchmark, parameters, Optional.of(Plans.simulated()), SIZES));
    SimulatedRunner.run(row, seed, WorkloadFiles.NONE);
    return row.build();
  }

  @Test
  void oneSeedGivesOneAnswer() {
    ResultRecord row = run("read", null, 5);
    assertThat(row.status()).isEqualTo(ResultStatus.OK);
    assertThat(row.fidelity()).isEqualTo(Fidelity.SIMULATED);
    assertThat(row.jmhMode()).as("JMH did not run").isNull();
    assertThat(run("read", null, 5)).isEqualTo(row);
    assertThat(run("read", null, 6).metrics()).isNotEqualTo(row.metrics());
  }

  @Test
  void runsAsManyVirtualIterationsAsJmhWouldRunRealOnes() {
    ResultRecord row = run("read", null, 1);
    ForkRecord fork = row.forks().get(0);
    assertThat(row.forks()).hasSize(1);
    assertThat(fork.iterations()).hasSize(3);
    assertThat(fork.jmhScores()).as("JMH did not run").isNull();
    fork.iterations()
        .forEach(
            iteration ->
                assertThat(Duration.ofNanos(iteration.spanNanos()))
                    .isBetween(Duration.ofMillis(199), Duration.ofMillis(250)));
  }

  @Test
  void theLinkOfTheCellIsModelled() {
    double near = run("read", "1ms", 1).valueOrNull(Metrics.LATENCY_P50);
    double far = run("read", "8ms", 1).valueOrNull(Metrics.LATENCY_P50);
    assertThat(far).isGreaterThan(2 * 8e6);
    assertThat(far - near).isGreaterThan(2 * 7e6 - 1e6);
  }

  @Test
  void whatABenchmarkFoundFailsTheRow() {
    ResultRecord row = run("giveUp", null, 1);
    assertThat(row.failure().kind()).isEqualTo(FailureKind.INVALID);
    assertThat(row.failure().message()).isEqualTo("not what was expected");
  }

  @Test
  void aBenchmarkThatRecordsNothingFails() {
    ResultRecord row = run("recordNothing", null, 1);
    assertThat(row.failure().kind()).isEqualTo(FailureKind.INTERNAL);
    assertThat(row.failure().message()).isEqualTo("no operation was recorded");
  }
}
