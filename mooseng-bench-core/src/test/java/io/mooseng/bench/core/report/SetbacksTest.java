package io.mooseng.bench.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SetbacksTest {

  @Test
  void sessionsThatWereLostAreCounted() {
    assertThat(Setbacks.of(MeasuredRow.with(Map.of(Quantity.SESSIONS_LOST, 3.0))))
        .containsExactly("sessions that the target had forgotten and that were made anew: 3");
  }

  @Test
  void aRaceTellsHowManyGaveWay() {
    assertThat(
            Setbacks.of(
                MeasuredRow.with(Map.of(Quantity.ABORT_RATE, 0.75, Quantity.ABORTED, 1_234.0))))
        .containsExactly("aborted: 75.0 % of all transactions (1,234) gave way to another");
    assertThat(Setbacks.of(MeasuredRow.with(Map.of(Quantity.ABORT_RATE, 0.0))))
        .containsExactly("aborted: 0.0 % of all transactions gave way to another");
  }

  @Test
  void aRowWithoutSetbacksHasNoLine() {
    assertThat(Setbacks.of(MeasuredRow.with(Map.of()))).isEmpty();
  }

  @Test
  void theLinesAreAmongTheRemarksOfTheRow() {
    ResultRecord row = MeasuredRow.with(Map.of(Quantity.SESSIONS_LOST, 1.0));
    assertThat(Remarks.of(row)).containsAll(Setbacks.of(row));
  }
}
