package io.mooseng.bench.core.link.proof;

import java.time.Duration;

/**
 * How much a link is measured.
 *
 * @param pings round trips, one after the other; at least 1
 * @param stream how long a stream lasts whose rate is measured
 * @param packets datagrams of each direction whose loss is counted, where loss is modelled
 */
public record Effort(int pings, Duration stream, int packets) {

  private static final int FEWEST_PINGS = 5;
  private static final int MOST_PINGS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** What goes before every fork: about a second of pings and one of streams. */
  public static Effort brief(Duration rtt) {
    long pings = PATIENCE.toNanos() / Math.max(1, rtt.toNanos());
    return new Effort(
        (int) Math.max(FEWEST_PINGS, Math.min(MOST_PINGS, pings)), Duration.ofMillis(300), 1_000);
  }

  /** What an accuracy report takes: some ten seconds of pings. */
  public static Effort thorough(Duration rtt) {
    long pings = 10 * PATIENCE.toNanos() / Math.max(1, rtt.toNanos());
    return new Effort((int) Math.max(50, Math.min(1_000, pings)), Duration.ofSeconds(3), 20_000);
  }
}
