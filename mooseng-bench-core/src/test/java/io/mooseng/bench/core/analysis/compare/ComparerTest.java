package io.mooseng.bench.core.analysis.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.analysis.ForkHistograms;
import io.mooseng.bench.core.analysis.compare.ComparedRow.Difference;
import io.mooseng.bench.core.analysis.verdict.Verdict;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.result.NetworkRecord;
import io.mooseng.bench.core.result.RowHeader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparerTest {

  private static final Map<String, String> NO_PARAMS = Map.of();

  private static Comparison compare(Runs base, Runs candidate) {
    return new Comparer(CompareOptions.defaults()).compare(base.input(), candidate.input(), false);
  }

  private static ComparedRow only(Runs base, Runs candidate) {
    return compare(base, candidate).rows().get(0);
  }

  private static double[] around(double level) {
    return new double[] {
      level * 1.00, level * 1.01, level * 0.99, level * 1.005, level * 0.995, level * 1.002
    };
  }

  @Test
  void lessThroughputIsARegressionAndMoreAnImprovement() {
    Runs base = Runs.run("a").throughput("B.run", NO_PARAMS, around(1_000));
    ComparedRow worse = only(base, Runs.run("b").throughput("B.run", NO_PARAMS, around(900)));
    assertThat(worse.verdict()).isEqualTo(Verdict.REGRESSION);
    assertThat(worse.metric()).isEqualTo("throughput");
    Difference difference = worse.difference();
    assertThat(difference.change()).isCloseTo(-0.1, within(1e-6));
    assertThat(difference.lo()).isLessThan(-0.1);
    assertThat(difference.hi()).isBetween(-0.1, -0.08);
    assertThat(difference.adjusted()).isLessThan(1e-4);
    ComparedRow better = only(base, Runs.run("b").throughput("B.run", NO_PARAMS, around(1_100)));
    assertThat(better.verdict()).isEqualTo(Verdict.IMPROVEMENT);
    assertThat(better.difference().change()).isCloseTo(0.1, within(1e-6));
  }

  @Test
  void moreLatencyIsARegressionAndLessAnImprovement() {
    Runs base = Runs.run("a").latency("B.run", NO_PARAMS, around(100_000));
    ComparedRow worse = only(base, Runs.run("b").latency("B.run", NO_PARAMS, around(110_000)));
    assertThat(worse.verdict()).isEqualTo(Verdict.REGRESSION);
    assertThat(worse.metric()).isEqualTo("latency.p50");
    assertThat(worse.difference().change()).isCloseTo(0.1, within(1e-3));
    assertThat(worse.base().value()).isCloseTo(100_000, within(500.0));
    ComparedRow better = only(base, Runs.run("b").latency("B.run", NO_PARAMS, around(90_000)));
    assertThat(better.verdict()).isEqualTo(Verdict.IMPROVEMENT);
  }

  @Test
  void theSameIsNoChangeAndNoiseIsInconclusive() {
    Runs base = Runs.run("a").throughput("B.run", NO_PARAMS, around(1_000));
    assertThat(only(base, Runs.run("b").throughput("B.run", NO_PARAMS, around(1_001))).verdict())
        .isEqualTo(Verdict.NO_CHANGE);
    double[] noisy = {700, 1_300, 900, 1_100, 800, 1_200};
    ComparedRow row = only(base, Runs.run("b").throughput("B.run", NO_PARAMS, noisy));
    assertThat(row.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(row.difference().detectable()).isGreaterThan(0.2);
  }

  @Test
  void fewForksSayNothing() {
    Runs base = Runs.run("a").throughput("B.run", NO_PARAMS, 1_000, 1_001, 999, 1_000);
    ComparedRow row = only(base, Runs.run("b").throughput("B.run", NO_PARAMS, 500, 501, 499, 500));
    assertThat(row.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(row.difference().change()).isCloseTo(-0.5, within(0.01));
    assertThat(row.notes()).containsExactly("4 of at least 5 forks");
    ComparedRow one =
        only(
            Runs.run("a").throughput("B.run", NO_PARAMS, 1_000),
            Runs.run("b").throughput("B.run", NO_PARAMS, 500));
    assertThat(one.difference()).isNull();
    assertThat(one.base().halfWidth()).isNull();
    assertThat(one.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void pairsCancelWhatBothSidesShare() {
    double[] drifting = {1_000, 1_100, 1_210, 1_331, 1_464, 1_610};
    double[] slower = new double[drifting.length];
    for (int i = 0; i < slower.length; i++) {
      slower[i] = drifting[i] * (i % 2 == 0 ? 0.94 : 0.95);
    }
    Runs base = Runs.run("a").throughput("B.run", NO_PARAMS, drifting);
    Runs candidate = Runs.run("b").throughput("B.run", NO_PARAMS, slower);
    assertThat(only(base, candidate).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    Comparison paired =
        new Comparer(CompareOptions.defaults()).compare(base.input(), candidate.input(), true);
    assertThat(paired.rows().get(0).verdict()).isEqualTo(Verdict.REGRESSION);
    assertThat(paired.rows().get(0).difference().pPermutation()).isEqualTo(1.0 / 64);
  }

  @Test
  void aNoiseFloorRaisesWhatMatters() {
    Runs base = Runs.run("a").throughput("B.run", NO_PARAMS, around(1_000));
    Runs candidate = Runs.run("b").throughput("B.run", NO_PARAMS, around(900));
    CompareOptions options = CompareOptions.defaults().withNoise(Map.of("throughput", 0.08));
    ComparedRow row =
        new Comparer(options).compare(base.input(), candidate.input(), false).rows().get(0);
    assertThat(row.verdict()).isEqualTo(Verdict.NO_CHANGE);
    assertThat(row.difference().threshold()).isEqualTo(0.16);
  }

  @Test
  void otherMetricsComeFromHistograms() {
    Runs base = Runs.run("a").latency("B.run", NO_PARAMS, around(100_000));
    Runs candidate = Runs.run("b").latency("B.run", NO_PARAMS, around(110_000));
    Comparer comparer =
        new Comparer(CompareOptions.of(List.of("latency.p99", "latency.mean"), 0.03));
    List<ComparedRow> rows = comparer.compare(base.input(), candidate.input(), false).rows();
    assertThat(rows).extracting(ComparedRow::metric).containsExactly("latency.p99", "latency.mean");
    assertThat(rows).extracting(ComparedRow::verdict).containsOnly(Verdict.REGRESSION);
    assertThat(rows.get(0).base().value()).isCloseTo(200_000, within(2_000.0));
    ComparedRow alone =
        comparer
            .compare(
                new Comparer.Input(base.record(), ForkHistograms.NONE), candidate.input(), false)
            .rows()
            .get(0);
    assertThat(alone.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(alone.notes()).contains("latency.p99 by fork needs histograms.hlog beside run.json");
  }

  @Test
  void rowsThatNeverSettledSayNothing() {
    double[] settled = new double[12];
    double[] warming = new double[12];
    for (int i = 0; i < 12; i++) {
      settled[i] = 1_000 + i % 3;
      warming[i] = i < 7 ? 700 + i % 3 : 1_000 + i % 3;
    }
    double[][] base = {settled, settled, settled, settled, settled, settled};
    double[][] candidate = {warming, warming, settled, settled, settled, settled};
    ComparedRow row =
        only(Runs.run("a").iterations("B.run", base), Runs.run("b").iterations("B.run", candidate));
    assertThat(row.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(row.notes().toString()).contains("candidate: not steady: 2 of 6 forks");
    assertThat(row.difference().adjusted()).isNull();
    double[][] one = {warming, settled, settled, settled, settled, settled};
    ComparedRow enough =
        only(Runs.run("a").iterations("B.run", base), Runs.run("b").iterations("B.run", one));
    assertThat(enough.difference().adjusted()).isNotNull();
  }

  @Test
  void aRowThatFailsIsSaid() {
    Runs ok = Runs.run("a").throughput("B.run", NO_PARAMS, around(1_000));
    Runs broken = Runs.run("b").failed("B.run", NO_PARAMS);
    ComparedRow row = only(ok, broken);
    assertThat(row.failed()).isTrue();
    assertThat(row.notes()).containsExactly("failed in the candidate: timeout: planted");
    assertThat(only(broken, ok).failed()).isFalse();
    assertThat(only(broken, ok).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(compare(ok, broken).failed()).isEqualTo(1);
  }

  @Test
  void rowsOfOneRunOnlyAreNamed() {
    Comparison comparison =
        compare(
            Runs.run("a")
                .throughput("B.run", NO_PARAMS, around(1_000))
                .throughput("B.old", Map.of("size", "1KB"), around(1_000)),
            Runs.run("b")
                .throughput("B.run", NO_PARAMS, around(1_000))
                .throughput("B.new", NO_PARAMS, around(1_000)));
    assertThat(comparison.rows()).hasSize(1);
    assertThat(comparison.onlyBase()).containsExactly("B.old size=1KB thrpt");
    assertThat(comparison.onlyCandidate()).containsExactly("B.new thrpt");
  }

  @Test
  void refusesOtherMachines() {
    Map<String, String> other = new HashMap<>(Runs.HARD);
    other.put("cpu.model", "Other CPU");
    Runs base = Runs.run("a").throughput("B.run", NO_PARAMS, around(1_000));
    Runs elsewhere = Runs.run("b").hard(other).throughput("B.run", NO_PARAMS, around(500));
    assertThatThrownBy(() -> compare(base, elsewhere))
        .isInstanceOf(NotComparableException.class)
        .hasMessage("not comparable: cpu.model: Example CPU v Other CPU");
    other.remove("cpu.model");
    assertThatThrownBy(() -> compare(base, elsewhere.hard(other)))
        .hasMessage("not comparable: cpu.model: Example CPU v missing");
    assertThatThrownBy(() -> compare(base, elsewhere.hard(Map.of())))
        .hasMessageContaining("the candidate has no fingerprint");
    CompareOptions across = CompareOptions.defaults().betweenHosts();
    ComparedRow row =
        new Comparer(across).compare(base.input(), elsewhere.input(), false).rows().get(0);
    assertThat(row.verdict()).isNull();
    assertThat(row.difference()).isNull();
  }

  @Test
  void refusesOtherConditions() {
    Runs base =
        Runs.run("a").latency(header(Fidelity.EMBEDDED, NetworkRecord.none()), around(100_000));
    Runs live = Runs.run("b").latency(header(Fidelity.LIVE, NetworkRecord.none()), around(100_000));
    assertThatThrownBy(() -> compare(base, live))
        .hasMessage("not comparable: B.run sample: fidelity: embedded v live");
    Runs wan =
        Runs.run("b").latency(header(Fidelity.EMBEDDED, network("wan-70", 70)), around(100_000));
    assertThatThrownBy(() -> compare(base, wan))
        .hasMessage("not comparable: B.run sample: network: none v wan-70/relay");
    Runs farther =
        Runs.run("a").latency(header(Fidelity.EMBEDDED, network("wan-70", 80)), around(100_000));
    assertThatThrownBy(() -> compare(farther, wan))
        .hasMessageContaining("network.requested: {rttMillis=80} v {rttMillis=70}");
  }

  @Test
  void refusesMetricsWithoutADirection() {
    Runs base = Runs.run("a").throughput("B.run", NO_PARAMS, around(1_000));
    CompareOptions options = CompareOptions.of(List.of("operations"), 0.03);
    assertThatThrownBy(() -> new Comparer(options).compare(base.input(), base.input(), false))
        .isInstanceOf(NotComparableException.class)
        .hasMessageContaining("direction of operations: none");
  }

  @Test
  void refusesRunsWithNothingInCommon() {
    assertThatThrownBy(
            () ->
                compare(
                    Runs.run("a").throughput("B.run", NO_PARAMS, around(1_000)),
                    Runs.run("b").throughput("B.other", NO_PARAMS, around(1_000))))
        .hasMessage("not comparable: results: no row is in both runs");
  }

  @Test
  void softDifferencesAreWarnings() {
    Comparison comparison =
        compare(
            Runs.run("a").throughput("B.run", NO_PARAMS, around(1_000)),
            Runs.run("b")
                .soft(Map.of("commit", "abc"))
                .throughput("B.run", NO_PARAMS, around(1_000)));
    assertThat(comparison.warnings()).containsExactly("commit differs: none v abc");
  }

  private static RowHeader header(Fidelity fidelity, NetworkRecord network) {
    return Runs.header("B.run", "sample", NO_PARAMS, fidelity, network);
  }

  private static NetworkRecord network(String profile, int rttMillis) {
    return NetworkRecord.of(
        profile, "relay", Map.of("rttMillis", rttMillis), Map.of(), List.of(), List.of());
  }
}
