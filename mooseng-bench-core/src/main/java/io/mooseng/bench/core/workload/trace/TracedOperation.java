package io.mooseng.bench.core.workload.trace;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.workload.mix.FileOperation;
import io.mooseng.bench.core.workload.mix.PlannedOperation;
import java.util.Objects;
import java.util.Optional;

/**
 * An operation that was performed.
 *
 * @param startNanos when it was to start, in nanoseconds since the begin of the run; in a closed
 *     loop, when it did start
 * @param client number of the client, from 0
 * @param path relative to the directory of the run, with {@code /} between names
 * @param to the new path; for rename only
 * @param size of the file in bytes when the operation has succeeded; 0 if there is none
 * @param offset where the content moved begins
 * @param length bytes of content moved
 * @param failure why it failed, if it did
 * @param durationNanos from the start above to the end
 */
public record TracedOperation(
    long startNanos,
    int client,
    FileOperation operation,
    String path,
    Optional<String> to,
    long size,
    long offset,
    long length,
    Optional<FailureKind> failure,
    long durationNanos) {

  public TracedOperation {
    requireNotNegative("t", startNanos);
    requireNotNegative("c", client);
    requireNotNegative("size", size);
    requireNotNegative("offset", offset);
    requireNotNegative("length", length);
    requireNotNegative("ns", durationNanos);
    if (path.isEmpty()) {
      throw new IllegalArgumentException("path is empty");
    }
    if (to.isPresent() != (operation == FileOperation.RENAME)) {
      throw new IllegalArgumentException("'to' belongs to rename, and to nothing else");
    }
    Objects.requireNonNull(failure);
  }

  private static void requireNotNegative(String key, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(key + " is " + value + "; accepted: 0 or more");
    }
  }

  /** When it had ended, counted as {@link #startNanos}. */
  public long endNanos() {
    return startNanos + durationNanos;
  }

  /** What was planned, and what came of it. */
  public static TracedOperation of(
      PlannedOperation planned,
      int client,
      long startNanos,
      long durationNanos,
      Optional<FailureKind> failure) {
    return new TracedOperation(
        startNanos,
        client,
        planned.operation(),
        planned.path(),
        planned.to(),
        planned.size(),
        planned.offset(),
        planned.length(),
        failure,
        durationNanos);
  }
}
