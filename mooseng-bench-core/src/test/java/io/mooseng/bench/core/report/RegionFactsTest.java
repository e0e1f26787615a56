package io.mooseng.bench.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.Quantity;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegionFactsTest {

  @Test
  void aResidualStandsBesideWhatDistanceExplains() {
    assertThat(
            RegionFacts.of(
                MeasuredRow.with(
                    Map.of(Quantity.DISTANCE, 72.7e6, Quantity.DISTANCE_RESIDUAL, 4.25e6))))
        .containsExactly("distance explains 72.7 ms of the median, +4.3 ms are left");
  }

  @Test
  void theVerdictSaysWhatWasCheckedAndNoMore() {
    assertThat(RegionFacts.of(MeasuredRow.with(Map.of(Quantity.CHECKED, 120.0))))
        .containsExactly("120 operations checked: the promise was kept by all of them");
    assertThat(
            RegionFacts.of(
                MeasuredRow.with(
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
                MeasuredRow.with(
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
    assertThat(RegionFacts.of(MeasuredRow.with(Map.of(Quantity.CLUSTER_START, 4.24e9))))
        .containsExactly("the cluster was up and had elected a leader after 4.2 s");
  }

  @Test
  void anOutageIsTakenApart() {
    assertThat(
            RegionFacts.of(
                MeasuredRow.with(
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
    assertThat(RegionFacts.of(MeasuredRow.with(Map.of()))).isEmpty();
  }
}
