package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.model.FailureKind;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.BenchmarkResult;

/**
 * What came of one fork of one cell.
 *
 * @param jmh JMH's own result; empty if the fork failed
 * @param recorded what the fork recorded itself, as far as it got
 * @param failure why the fork failed, if it did
 * @param measured when its measurement iterations were; empty if none came to its end
 */
record ForkOutcome(
    Optional<BenchmarkResult> jmh,
    ForkLog.Content recorded,
    Optional<Failure> failure,
    Optional<MeasuredTime> measured) {

  /** Of a fork of which nobody knows when it measured. */
  ForkOutcome(Optional<BenchmarkResult> jmh, ForkLog.Content recorded, Optional<Failure> failure) {
    this(jmh, recorded, failure, Optional.empty());
  }

  /**
   * From the begin of the first measurement iteration to the end of the last one, by the clock of
   * this machine.
   */
  record MeasuredTime(Instant from, Instant until) {}

  /** One line for a person, and the stack trace for {@code --debug}. */
  record Failure(FailureKind kind, String message, Throwable cause) {

    /** How JMH says that a fork ended by itself; all it tells of the end is the exit code. */
    private static final Pattern DIED = Pattern.compile("Forked VM failed with exit code (\\d+)");

    /** Exit codes above this are 128 and the number of the signal that ended the process. */
    private static final int SIGNALS = 128;

    /** Whether a signal ended the fork: the user's, a supervisor's, or the kernel's. */
    boolean bySignal() {
      Matcher died = DIED.matcher(cause == null ? "" : String.valueOf(cause.getMessage()));
      return died.matches() && Integer.parseInt(died.group(1)) > SIGNALS;
    }
  }
}
