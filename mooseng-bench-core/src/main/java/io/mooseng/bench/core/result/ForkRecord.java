package io.mooseng.bench.core.result;

import java.util.List;

/**
 * The raw values of one fork: one fresh JVM.
 *
 * @param fork from 0
 * @param jmhScores null where JMH's score means nothing (rate-driven rows, rows with failed
 *     operations) or JMH did not run
 * @param iterations measurement iterations in order
 */
public record ForkRecord(int fork, JmhScores jmhScores, List<IterationRecord> iterations) {

  public ForkRecord {
    Frozen.requireNotNegative("fork", fork);
    iterations = List.copyOf(Frozen.require("iterations", iterations));
  }
}
