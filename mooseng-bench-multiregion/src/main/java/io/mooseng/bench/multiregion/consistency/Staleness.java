package io.mooseng.bench.multiregion.consistency;

import io.mooseng.bench.multiregion.history.Action.Read;
import io.mooseng.bench.multiregion.history.Action.Write;
import io.mooseng.bench.multiregion.history.Operation;
import java.util.List;

/**
 * How old what reads answered was, in time and in versions: k and t of <i>Probabilistically Bounded
 * Staleness</i> (P. Bailis and others, VLDB 2012), observed instead of predicted.
 *
 * <p>A read missed a write of its register if the write was acknowledged before the read began and
 * stands behind what the read answered. Order is that of the log, so nothing is guessed from
 * clocks; times are all of one process.
 *
 * @param reads all that were answered
 * @param stale those that missed a write
 * @param mostVersions the most writes a read missed
 * @param mostNanos the longest time since the first write that a read missed was acknowledged: so
 *     long had the answer been overwritten
 */
public record Staleness(long reads, long stale, long mostVersions, long mostNanos) {

  /** What the reads of a history missed. */
  public static Staleness of(RegisterRecord record) {
    long reads = 0;
    long stale = 0;
    long mostVersions = 0;
    long mostNanos = 0;
    for (List<Operation> operations : record.history().byKey().values()) {
      for (Operation read : operations) {
        if (!(read.action() instanceof Read answered) || read.isPending()) {
          continue;
        }
        reads++;
        long seen = indexSeen(record, answered);
        List<Operation> missed =
            operations.stream().filter(write -> missed(record, write, read, seen)).toList();
        if (!missed.isEmpty()) {
          stale++;
          long first = missed.stream().mapToLong(Operation::returnedNanos).min().getAsLong();
          mostVersions = Math.max(mostVersions, missed.size());
          mostNanos = Math.max(mostNanos, read.invokedNanos() - first);
        }
      }
    }
    return new Staleness(reads, stale, mostVersions, mostNanos);
  }

  /** What nobody acknowledged has no known place: such a read is taken to have missed nothing. */
  private static long indexSeen(RegisterRecord record, Read answered) {
    return answered.observed().isPresent()
        ? record.indexOfValue().getOrDefault(answered.observed().getAsLong(), Long.MAX_VALUE)
        : -1;
  }

  private static boolean missed(RegisterRecord record, Operation write, Operation read, long seen) {
    return write.action() instanceof Write written
        && write.returnedNanos() < read.invokedNanos()
        && record.indexOfValue().getOrDefault(written.value(), -1L) > seen;
  }

  /** Stale reads as a share of all; 0 without reads. */
  public double share() {
    return reads == 0 ? 0 : stale / (double) reads;
  }
}
