package io.mooseng.bench.file;

import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.measure.JainsIndex;
import io.mooseng.bench.core.model.Quantity;
import java.util.Arrays;

/** Whether each of many clients got its share of an iteration. */
final class ClientShares {

  private ClientShares() {}

  /**
   * Notes how evenly operations were shared; nothing where there were none.
   *
   * @param successes operations of each client that succeeded in the iteration being measured
   */
  static void note(TargetSession session, long[] successes) {
    double average = Arrays.stream(successes).average().orElseThrow();
    if (average > 0) {
      session.note(Quantity.FAIRNESS, JainsIndex.of(successes));
      session.note(Quantity.SLOWEST_CLIENT, Arrays.stream(successes).min().orElseThrow() / average);
      session.note(Quantity.FASTEST_CLIENT, Arrays.stream(successes).max().orElseThrow() / average);
    }
  }
}
