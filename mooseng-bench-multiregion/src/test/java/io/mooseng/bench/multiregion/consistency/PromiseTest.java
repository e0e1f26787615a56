package io.mooseng.bench.multiregion.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.multiregion.client.ConsistencyModel;
import io.mooseng.bench.multiregion.consistency.Promise.Found;
import io.mooseng.bench.multiregion.history.Action;
import io.mooseng.bench.multiregion.history.Action.Read;
import io.mooseng.bench.multiregion.history.Action.Write;
import io.mooseng.bench.multiregion.history.History;
import io.mooseng.bench.multiregion.history.Operation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromiseTest {

  private static final long MILLI = 1_000_000;

  private static Operation operation(int process, Action action, long invoked, long returned) {
    return new Operation(process, "k", action, invoked * MILLI, returned * MILLI);
  }

  /** Two writes, then reads of the first one by the writer and by another client. */
  private static RegisterRecord stale(long readMillis, int reader) {
    return new RegisterRecord(
        new History(
            List.of(
                operation(0, new Write(1), 0, 10),
                operation(0, new Write(2), 20, 30),
                operation(1, Read.of(2), 40, 41),
                operation(reader, Read.of(1), readMillis, readMillis + 1))),
        Map.of(1L, 5L, 2L, 6L));
  }

  private static Found judged(RegisterRecord record, ConsistencyModel model) {
    return Promise.judge(record, model).found();
  }

  @Test
  void stalenessIsCountedInWritesAndInTime() {
    Staleness staleness = Staleness.of(stale(130, 2));
    assertThat(staleness).isEqualTo(new Staleness(2, 1, 1, 100 * MILLI));
    assertThat(staleness.share()).isEqualTo(0.5);
  }

  @Test
  void whoReadsWhatWasOverwrittenBreaksSomePromisesAndNotOthers() {
    RegisterRecord byAnother = stale(130, 2);
    assertThat(judged(byAnother, ConsistencyModel.LINEARIZABLE)).isEqualTo(Found.VIOLATED);
    assertThat(judged(byAnother, ConsistencyModel.FOLLOWER_STALE))
        .isEqualTo(Found.NOTHING_PROMISED);
    assertThat(judged(byAnother, ConsistencyModel.BOUNDED_STALENESS)).isEqualTo(Found.KEPT);
    assertThat(judged(byAnother, ConsistencyModel.READ_YOUR_WRITES)).isEqualTo(Found.KEPT);
    assertThat(judged(byAnother, ConsistencyModel.MONOTONIC)).isEqualTo(Found.KEPT);
    assertThat(judged(stale(130, 0), ConsistencyModel.READ_YOUR_WRITES)).isEqualTo(Found.VIOLATED);
    assertThat(judged(stale(130, 1), ConsistencyModel.MONOTONIC)).isEqualTo(Found.VIOLATED);
    assertThat(judged(stale(2_131, 2), ConsistencyModel.BOUNDED_STALENESS))
        .isEqualTo(Found.VIOLATED);
  }

  @Test
  void theVerdictNamesItsWitness() {
    assertThat(Promise.judge(stale(130, 2), ConsistencyModel.LINEARIZABLE).text())
        .startsWith("violation on 'k': 3 of 4 operations are not linearizable");
    assertThat(Promise.judge(stale(130, 1), ConsistencyModel.MONOTONIC).text())
        .startsWith("1 reads were older than own reads; the first: k read 1 by 1");
  }
}
