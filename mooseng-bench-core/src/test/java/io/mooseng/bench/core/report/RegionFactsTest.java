package io.mooseng.bench.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.ForkRecord;
import io.mooseng.bench.core.result.IterationRecord;
import io.mooseng.bench.core.result.LatencySummary;
import io.mooseng.bench.core.result.NetworkRecord;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RowHeader;
import io.mooseng.bench.core.result.TargetRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class RegionFactsTest {

  private static ResultRecord row(Map<Quantity, Double> values) {
    Histogram latency = new Histogram(3);
    latency.recordValueWithCount(1000, 10);
    TreeMap<String, Double> named = new TreeMap<>();
    values.forEach((quantity, value) -> named.put(quantity.label(), value));
    IterationRecord iteration =
        new IterationRecord(
            0, 10, Map.of(), 0, 0, 10_000, LatencySummary.of(latency), new TreeMap<>(), named);
    return ResultRecord.measured(
        RowHeader.of(
            "io.mooseng.bench.network.SomeBenchmark.call",
            "avgt",
            Map.of("target", "embedded"),
            Fidelity.EMBEDDED,
            null,
            new TargetRecord("embedded", "a system", null),
            NetworkRecord.none()),
        List.of(
            ForkMeasurement.of(new ForkRecord(0, null, List.of(iteration)), latency, Map.of())));
  }

  @Test
  void aResidualStandsBesideWhatDistanceExplains() {
    assertThat(
            RegionFacts.of(
                row(Map.of(Quantity.DISTANCE, 72.7e6, Quantity.DISTANCE_RESIDUAL, 4.25e6))))
        .containsExactly("distance explains 72.7 ms of the median, +4.3 ms are left");
  }

  @Test
  void theVerdictSaysWhatWasCheckedAndNoMore() {
    assertThat(RegionFacts.of(row(Map.of(Quantity.CHECKED, 120.0))))
        .containsExactly("120 operations checked: the promise was kept by all of them");
    assertThat(
            RegionFacts.of(
                row(
                    Map.of(
                        Quantity.CHECKED, 120.0,
                        Quantity.VIOLATIONS, 1.0,
                        Quantity.STALE_READS, 0.25,
                        Quantity.STALE_VERSIONS, 2.0,
                        Quantity.STALE_TIME, 150e6))))
        .containsExactly(
            "120 operations checked: the promise was VIOLATED",
            "25.0 % of reads were stale, by up to 2 writes and 150 ms");
  }

  /** Whoever promises nothing keeps no promise. */
  @Test
  void readsThatPromiseNothingAreNotSaidToHaveKeptIt() {
    assertThat(
            RegionFacts.of(
                row(
                    Map.of(
                        Quantity.STALE_READS, 0.5,
                        Quantity.STALE_VERSIONS, 1.0,
                        Quantity.STALE_TIME, 20e6))))
        .containsExactly(
            "these reads promise nothing, so nothing was checked",
            "50.0 % of reads were stale, by up to 1 writes and 20 ms");
  }

  @Test
  void theStartOfAClusterIsTold() {
    assertThat(RegionFacts.of(row(Map.of(Quantity.CLUSTER_START, 4.24e9))))
        .containsExactly("the cluster was up and had elected a leader after 4.2 s");
  }

  @Test
  void anOutageIsTakenApart() {
    assertThat(
            RegionFacts.of(
                row(
                    Map.of(
                        Quantity.ELECTION_GAP, 1.5e9,
                        Quantity.WRITE_GAP, 2.5e9,
                        Quantity.UNKNOWN_OUTCOMES, 3.0))))
        .containsExactly(
            "a leader after 1500 ms, no write for 2500 ms",
            "operations: 0 lost, 0 duplicated, 3 of unknown outcome");
  }

  @Test
  void aRowWithoutRegionsSaysNothingOfThem() {
    assertThat(RegionFacts.of(row(Map.of()))).isEmpty();
  }
}
