package io.mooseng.bench.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.analysis.compare.Comparer;
import io.mooseng.bench.core.analysis.compare.Runs;
import io.mooseng.bench.core.gate.GateReport.Outcome;
import io.mooseng.bench.core.gate.GateReport.RowOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

public class GateTest {

  private static final Map<String, String> PARAMS = Map.of("size", "1KB");
  private static final Gate GATE = new Gate(Budgets.defaults(), Map.of(), Set.of());

  private static double[] around(double level) {
    return new double[] {level, level * 1.01, level * 0.99, level * 1.005, level * 0.995};
  }

  private static Runs run(String id, double stat, double read) {
    return Runs.run(id)
        .throughput("StatBenchmark.stat", PARAMS, around(stat))
        .latency("FileReadBenchmark.read", PARAMS, around(read));
  }

  private static final Comparer.Input BASE = run("base", 1_000, 100_000).input();

  /** A repetition of the row of throughput alone, which is another workload. */
  private static Optional<Gate.Repetition> again(double stat, List<String> asked) {
    Map<String, String> hard = new HashMap<>(Runs.HARD);
    hard.put("workload.hash", "of one row");
    return Optional.of(
        row -> {
          asked.add(row.benchmark());
          return Runs.run("again")
              .hard(hard)
              .throughput("StatBenchmark.stat", PARAMS, around(stat))
              .input();
        });
  }

  @Test
  void theSamePasses() {
    List<String> asked = new ArrayList<>();
    GateReport report =
        GATE.judge(BASE, run("same", 1_001, 100_100).input(), false, again(1_000, asked));
    assertThat(report.outcome()).isEqualTo(Outcome.PASS);
    assertThat(asked).isEmpty();
  }

  @Test
  void aRegressionFailsOnceItIsFoundAgain() {
    GateReport report = regression(905);
    assertThat(report.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(report.confirmations()).hasSize(1);
    assertThat(report.outcome(report.comparison().rows().get(0))).isEqualTo(RowOutcome.FAIL);
  }

  @Test
  void aRegressionThatIsNotFoundAgainStaysOpen() {
    GateReport report = regression(1_000);
    assertThat(report.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(report.outcome(report.comparison().rows().get(0)))
        .isEqualTo(RowOutcome.NOT_CONFIRMED);
  }

  /** The candidate is 10 % slower; its repetition has this throughput. */
  public static GateReport regression(double repeated) {
    List<String> asked = new ArrayList<>();
    GateReport report =
        GATE.judge(BASE, run("slower", 900, 100_000).input(), false, again(repeated, asked));
    assertThat(asked).containsExactly("StatBenchmark.stat");
    return report;
  }

  @Test
  void withoutARepetitionOneFindingFails() {
    GateReport report =
        GATE.judge(BASE, run("slower", 900, 100_000).input(), false, Optional.empty());
    assertThat(report.outcome()).isEqualTo(Outcome.FAIL);
  }

  @Test
  void aBrokenLimitFails() {
    assertThat(breach().outcome()).isEqualTo(Outcome.FAIL);
  }

  /** Nothing is slower, but a limit was set too tight. */
  public static GateReport breach() {
    Budgets tight =
        Budgets.parse(
            "b",
            "budgets:\n- {metric: primary, max-regression: 3%}\n"
                + "- {name: reads, benchmark: Read, metric: latency.p50, max: 50us}\n"
                + "- {benchmark: Read, metric: latency.p99_9, max: 1s}");
    return new Gate(tight, Map.of(), Set.of())
        .judge(BASE, run("same", 1_001, 100_100).input(), false, Optional.empty());
  }

  @Test
  void aRowThatFailsNowFails() {
    Runs candidate =
        Runs.run("broken")
            .failed("StatBenchmark.stat", PARAMS)
            .latency("FileReadBenchmark.read", PARAMS, around(100_000));
    GateReport report = GATE.judge(BASE, candidate.input(), false, Optional.empty());
    assertThat(report.outcome()).isEqualTo(Outcome.FAIL);
  }

  @Test
  void tooFewForksLeaveItOpen() {
    Runs few = Runs.run("few").throughput("StatBenchmark.stat", PARAMS, 900, 901);
    assertThat(GATE.judge(BASE, few.input(), false, Optional.empty()).outcome())
        .isEqualTo(Outcome.INCONCLUSIVE);
  }
}
