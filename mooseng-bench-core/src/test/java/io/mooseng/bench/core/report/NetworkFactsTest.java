package io.mooseng.bench.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.Quantity;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkFactsTest {

  @Test
  void theCeilingOfAWindowStandsBesideItsShare() {
    assertThat(
            NetworkFacts.of(
                MeasuredRow.with(
                    Map.of(
                        Quantity.WINDOW_RTT, 70.4e6,
                        Quantity.WINDOW_CEILING, 65_536 / 0.0704,
                        Quantity.WINDOW_SHARE, 0.973))))
        .containsExactly("window / RTT (70.4 ms) allows 0.89 MB/s: 97 % of that");
  }

  @Test
  void whatElseIsKnownIsALineEach() {
    assertThat(
            NetworkFacts.of(
                MeasuredRow.with(
                    Map.of(
                        Quantity.WIRE_RATIO, 0.305,
                        Quantity.DEADLINE_LATENESS, 120_000.0,
                        Quantity.CONNECTIONS_FAILED, 7.0))))
        .containsExactly(
            "30.5 % of the bytes were sent",
            "told 120 us after the deadline, on average", "7 connections failed");
  }

  @Test
  void anOrdinaryRowHasNone() {
    assertThat(NetworkFacts.of(MeasuredRow.with(Map.of()))).isEmpty();
  }
}
