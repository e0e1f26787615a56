package io.mooseng.bench.core.plan;

/** What must be known of a benchmark to plan its rows, besides what it asks of its target. */
public enum Trait {
  /** One call is a whole schedule, so that JMH's score means nothing. */
  SCHEDULED,
  /** It needs more than one client thread, or starts some of its own. */
  CONCURRENT,
  /** It opens connections of its own, besides those of the driver. */
  OPENS_CONNECTIONS,
  /** It measures the time of a TCP connect. */
  TIMES_TCP_CONNECT,
  /** It starts the system it measures, and needs no other. */
  STARTS_SYSTEM
}
