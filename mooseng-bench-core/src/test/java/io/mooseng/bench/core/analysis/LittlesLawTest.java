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
            "8.00 operations under way, 1.06 x throughput x latency (Little's law): ends were lost, or"
                + " latency leaves time out");
  }

  @Test
  void operationsThatWereNotCountedAreSaid() {
    assertThat(LittlesLaw.violation(row(123.4, 0.5)))
        .hasValue(
            "123 operations under way, 0.50 x throughput x latency (Little's law): some were not"
                + " counted, or latency is too high");
  }

  @Test
  void rowsThatCountNothingAreNotJudged() {
    assertThat(LittlesLaw.violation(SampleRuns.entries().get(0).result())).isEmpty();
  }
}
