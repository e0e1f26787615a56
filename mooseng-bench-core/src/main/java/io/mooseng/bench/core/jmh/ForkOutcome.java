package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.model.FailureKind;
import java.util.Optional;
import org.openjdk.jmh.results.BenchmarkResult;

/**
 * What came of one fork of one cell.
 *
 * @param jmh JMH's own result; empty if the fork failed
 * @param recorded what the fork recorded itself, as far as it got
 * @param failure why the fork failed, if it did
 */
record ForkOutcome(
    Optional<BenchmarkResult> jmh, ForkLog.Content recorded, Optional<Failure> failure) {

  /** One line for a person, and the stack trace for {@code --debug}. */
  record Failure(FailureKind kind, String message, Throwable cause) {}
}
