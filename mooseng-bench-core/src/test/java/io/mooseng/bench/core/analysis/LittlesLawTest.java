package io.mooseng.bench.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.SampleRuns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LittlesLawTest {

  private static ResultRecord row(double concurrency, double ratio) {
    return SampleRuns.row(
        java.util.Map.of(
            Quantity.CONCURRENCY.label(), concurrency, Quantity.LITTLES_LAW.label(), ratio));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.95, 1, 1.05})
  void whatFitsIsNotSpokenOf(double ratio) {
    assertThat(LittlesLaw.violation(row(8, ratio))).isEmpty();
  }

  @Test
  void lostEndsAreSaid() {
    assertThat(LittlesLaw.violation(row(8, 1.06)))
        .hasValue(
            "8.00 operations were under way on average, 1.06 x what throughput and latency say"
                + " (Little's law): ends went unrecorded, or latency is not all the time that"
                + " operations took");
  }

  @Test
  void operationsThatWereNotCountedAreSaid() {
    assertThat(LittlesLaw.violation(row(123.4, 0.5)))
        .hasValue(
            "123 operations were under way on average, 0.50 x what throughput and latency say"
                + " (Little's law): operations were not counted while under way, or latency is too"
                + " high");
  }

  @Test
  void rowsThatCountNothingAreNotJudged() {
    assertThat(LittlesLaw.violation(SampleRuns.entries().get(0).result())).isEmpty();
  }
}
