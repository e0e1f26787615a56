package io.mooseng.bench.core.link.profile;

import java.util.Locale;

/** Something distance does to a connection, which an emulation reproduces or does not. */
public enum LinkEffect {
  /** Every byte arrives one propagation delay after it was sent. */
  DELAY,
  /** The delay varies. */
  JITTER,
  /** The connections of a direction share a rate. */
  RATE,
  /** A queue in front of the rate that overflows. */
  QUEUE,
  /** Lost packets and their retransmission. */
  LOSS,
  /** Packets that overtake others. */
  REORDER,
  /** Packets that arrive twice. */
  DUPLICATE,
  /** Packets with a bit changed. */
  CORRUPT,
  /** The first answer on a new connection comes two round trips after dialling began. */
  FIRST_ANSWER,
  /** The time a TCP connect takes. */
  TCP_CONNECT,
  /** Slow start, and the reaction of the congestion window to the path. */
  CONGESTION_CONTROL;

  /** The name used in result files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
