package io.mooseng.bench.core.model;

/**
 * A number that a measured interval has besides its latencies and outcomes.
 *
 * <p>One value belongs to one measured iteration. How the values of several iterations make the
 * value of a row is part of the quantity: amounts add up, levels are averaged.
 */
public enum Quantity {
  /** Calls that were sent again because they had failed; part of the operation they belong to. */
  RETRIES("retries", "op", Direction.LOWER, Pooling.SUM),
  /** Operations per second that the schedule asked for. */
  ASKED_RATE("schedule.rate.asked", "op/s", Direction.NONE, Pooling.MEAN),
  /**
   * Operations per second that were started: those issued, divided by the schedule's length or the
   * time until the last of them started, whichever is longer.
   */
  ACHIEVED_RATE("schedule.rate.achieved", "op/s", Direction.HIGHER, Pooling.MEAN),
  /** The highest rate at which the target was found to keep a latency objective. */
  MAX_RATE("schedule.rate.max", "op/s", Direction.HIGHER, Pooling.MEAN),
  /** Operations of the schedule that were never started. */
  DROPPED("schedule.dropped", "op", Direction.LOWER, Pooling.SUM),
  /** Operations under way at once, averaged over time, as counted while they ran. */
  CONCURRENCY("concurrency", "op", Direction.NONE, Pooling.MEAN),
  /**
   * The time that operations were under way in, as counted while they ran, divided by the sum of
   * their latencies, failures included. Over the same span that is the measured concurrency L
   * divided by operations per second times mean latency, which by Little's law is 1 (J. D. C.
   * Little, <i>A Proof for the Queuing Formula: L = lambda W</i>, Operations Research 9(3), 1961),
   * up to what the harness itself does for an operation before and after its latency is taken.
   */
  LITTLES_LAW("littles.law.ratio", "ratio", Direction.NONE, Pooling.MEAN),
  /**
   * Jain's index of the operations each client got done: 1 if all got the same, 1/n if one of n got
   * all (Jain, Chiu, Hawe, <i>A Quantitative Measure of Fairness</i>, DEC-TR-301, 1984).
   */
  FAIRNESS("clients.fairness", "ratio", Direction.HIGHER, Pooling.MEAN),
  /** Operations the slowest client got done, divided by the average of all clients. */
  SLOWEST_CLIENT("clients.slowest", "ratio", Direction.HIGHER, Pooling.MEAN),
  /** Operations the fastest client got done, divided by the average of all clients. */
  FASTEST_CLIENT("clients.fastest", "ratio", Direction.LOWER, Pooling.MEAN),
  /** Connections that were tried together with others and did not come about. */
  CONNECTIONS_FAILED("connections.failed", "connections", Direction.LOWER, Pooling.SUM),
  /** The round-trip time that {@link #WINDOW_CEILING} was computed with. */
  WINDOW_RTT("window.rtt", "ns", Direction.NONE, Pooling.MEAN),
  /**
   * The most that a stream can carry by its flow control: the receiver's window divided by the
   * round-trip time, since no byte beyond the window is sent before the receiver has answered for
   * one (RFC 9113, section 5.2).
   */
  WINDOW_CEILING("window.ceiling", "B/s", Direction.NONE, Pooling.MEAN),
  /** Bandwidth divided by {@link #WINDOW_CEILING}. */
  WINDOW_SHARE("window.share", "ratio", Direction.HIGHER, Pooling.MEAN),
  /** Bytes of messages as they were sent, compressed or not, divided by their size before. */
  WIRE_RATIO("wire.ratio", "ratio", Direction.LOWER, Pooling.MEAN),
  /** Time from the passing of a deadline until the caller was told. */
  DEADLINE_LATENESS("deadline.lateness", "ns", Direction.LOWER, Pooling.MEAN),
  /** Transactions that gave way to another one; they are no errors. */
  ABORTED("transactions.aborted", "op", Direction.NONE, Pooling.SUM),
  /** Transactions that gave way, as a share of all that were tried. */
  ABORT_RATE("transactions.abort.rate", "ratio", Direction.LOWER, Pooling.MEAN),
  /** Operations of a mix that wrote a new file, since no file was left for what the mix wanted. */
  FALLBACKS("workload.fallbacks", "op", Direction.NONE, Pooling.SUM),
  /** Operations of a mix on another file than popularity chose: that one was in use, or empty. */
  DISPLACED("workload.displaced", "op", Direction.NONE, Pooling.SUM),
  /** Files of a mix given up after an operation that may or may not have changed them. */
  LOST_FILES("workload.lost", "files", Direction.LOWER, Pooling.SUM),
  /**
   * Time in the stages that follow each other, divided by the latency of all operations: 1 if the
   * stages leave no gap. Only where stages were reported.
   */
  STAGE_COVERAGE("stage.coverage", "ratio", Direction.NONE, Pooling.MEAN),
  /** Operations whose stages are not within 5 % of their latency, as a share of all. */
  STAGE_MISFITS("stage.misfits", "ratio", Direction.NONE, Pooling.MEAN),
  /**
   * Calls of which the server told times that cannot be true: received before they were sent, or
   * ended after the client had the answer.
   */
  IMPLAUSIBLE_TIMES("stage.implausible", "call", Direction.LOWER, Pooling.SUM),
  /** Processor time of the client's JVM divided by elapsed time: 1 is one core, fully used. */
  CPU_UTILISATION("cpu.util", "cores", Direction.NONE, Pooling.MEAN),
  /** Time the client's JVM spent in garbage collections. */
  GC_TIME("gc.time", "ns", Direction.LOWER, Pooling.SUM),
  /** Bytes allocated on the heap of the client's JVM, per second. */
  ALLOCATION_RATE("alloc.rate", "B/s", Direction.LOWER, Pooling.MEAN);

  private final String label;
  private final String unit;
  private final Direction direction;
  private final Pooling pooling;

  Quantity(String label, String unit, Direction direction, Pooling pooling) {
    this.label = label;
    this.unit = unit;
    this.direction = direction;
    this.pooling = pooling;
  }

  /** How values of several iterations become one. */
  public enum Pooling {
    /** An amount. */
    SUM,
    /** A level; every iteration counts the same. */
    MEAN
  }

  /** The name of the metric in result files. */
  public String label() {
    return label;
  }

  public String unit() {
    return unit;
  }

  public Direction direction() {
    return direction;
  }

  public Pooling pooling() {
    return pooling;
  }
}
