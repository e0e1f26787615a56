package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.result.ForkMeasurement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Joins the iterations of a fork to windows while they are measured. An iteration is never cut, so
 * a window is as many of them as it takes; what is left at the end counts if it is at least half a
 * window. Used by one thread.
 */
final class SoakWindows {

  /** An iteration of a window's length may end a little early. */
  private static final double ALMOST = 0.95;

  private static final double LEAST_LAST = 0.5;

  private final Duration window;
  private final ForkLog.Tail log;
  private final Ticker ticker;
  private final ProgressListener listener;
  private RecordedIntervals open = new RecordedIntervals();
  private Instant began;
  private long beganNanos;
  private Instant from;
  private Instant until;
  private int ended;

  /**
   * @param log of the fork
   * @param ticker a clock that does not jump
   */
  SoakWindows(Duration window, ForkLog.Tail log, Ticker ticker, ProgressListener listener) {
    this.window = window;
    this.log = log;
    this.ticker = ticker;
    this.listener = listener;
  }

  /**
   * The first measured iteration begins.
   *
   * @param now by the clock of this machine, which is not looked at again
   */
  void begin(Instant now) {
    began = now;
    beganNanos = ticker.nanoTime();
    from = now;
    until = now;
  }

  /** An iteration has ended, and stands in the log. */
  void iterationEnded() {
    try {
      log.next(open::add);
    } catch (IOException e) {
      throw new UncheckedIOException("the record of a fork cannot be read", e);
    }
    until = began.plusNanos(ticker.nanoTime() - beganNanos);
    hand(ALMOST);
  }

  /** The fork has ended. */
  void end() {
    if (began != null) {
      hand(LEAST_LAST);
    }
  }

  private void hand(double least) {
    double length = Duration.between(from, until).toNanos() / (double) window.toNanos();
    if (open.isEmpty() || length < least) {
      return;
    }
    ForkMeasurement measured =
        open.measurement(0, null, Optional.of(new ForkOutcome.MeasuredTime(from, until)));
    listener.windowMeasured(new ProgressListener.Window(ended++, from, until, measured));
    open = new RecordedIntervals();
    from = until;
  }
}
