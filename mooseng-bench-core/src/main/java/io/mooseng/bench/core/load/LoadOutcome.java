package io.mooseng.bench.core.load;

import java.util.Locale;
import java.util.Optional;

/**
 * What became of a schedule.
 *
 * @param scheduled operations it had
 * @param started of these; the others were dropped
 * @param lengthNanos of the schedule
 * @param lastStartNanos from the schedule's begin until the last operation started; 0 if none did
 * @param blockedNanos for how long an operation was due while as many as allowed were under way
 * @param meanInFlight operations under way at once, averaged over the time from the begin to the
 *     end of the last one
 */
public record LoadOutcome(
    long scheduled,
    long started,
    long lengthNanos,
    long lastStartNanos,
    long blockedNanos,
    double meanInFlight) {

  /** Share of the asked rate that may be missing from a rate that counts as sustained. */
  public static final double TOLERANCE = 0.001;

  private static final double NANOS_PER_SECOND = 1e9;

  public LoadOutcome {
    if (started < 0 || started > scheduled) {
      throw new IllegalArgumentException("%d started of %d".formatted(started, scheduled));
    }
    if (lengthNanos <= 0) {
      throw new IllegalArgumentException("a schedule of " + lengthNanos + " ns");
    }
  }

  /** Operations that were never started. */
  public long dropped() {
    return scheduled - started;
  }

  /** Operations per second that the schedule asked for. */
  public double askedRate() {
    return scheduled * NANOS_PER_SECOND / lengthNanos;
  }

  /**
   * Operations per second that were started: in the schedule's length, or in the time until the
   * last of them started, if that is longer.
   */
  public double achievedRate() {
    return started * NANOS_PER_SECOND / elapsedNanos();
  }

  private long elapsedNanos() {
    return Math.max(lengthNanos, lastStartNanos);
  }

  /** Whether the schedule was kept: nothing dropped, and the rate achieved but for 0.1 %. */
  public boolean sustained() {
    return dropped() == 0 && achievedRate() >= askedRate() * (1 - TOLERANCE);
  }

  /**
   * Whether the schedule was not kept because operations were started too slowly, and not because
   * there was no room for them: less than half of the time that is missing was spent waiting for
   * room. Then the client is the limit, not the target.
   */
  public boolean limitedByClient() {
    double missingNanos = elapsedNanos() * (1 - achievedRate() / askedRate());
    return !sustained() && blockedNanos < missingNanos / 2;
  }

  /** In plain words, if the schedule was not kept. */
  public Optional<String> warning() {
    if (sustained()) {
      return Optional.empty();
    }
    String dropped =
        dropped() == 0
            ? ""
            : String.format(
                Locale.ROOT, "; %,d of %,d operations never started", dropped(), scheduled);
    return Optional.of(
        "not sustained: asked %s op/s, achieved %s%s%s"
            .formatted(
                number(askedRate()),
                number(achievedRate()),
                dropped,
                limitedByClient() ? "; the client, not the target, was the limit" : ""));
  }

  /** Two decimals where the integer part is short. */
  private static String number(double rate) {
    return String.format(Locale.ROOT, rate < 100 ? "%.2f" : "%,.0f", rate);
  }
}
