package io.mooseng.bench.core.model;

/**
 * A number that a measured interval has besides its latencies and outcomes.
 *
 * <p>One value belongs to one measured iteration. How the values of several iterations make the
 * value of a row is part of the quantity: amounts add up, levels are averaged.
 */
public enum Quantity {
  /**
   * Calls that were sent again because they had failed; part of the operation they belong to. Also
   * counted by what they had failed with, under this name and the kind.
   */
  RETRIES("retries", "op", Direction.LOWER, Pooling.SUM),
  /**
   * Sessions that the target had forgotten and that clients opened anew; operations that were
   * refused meanwhile are errors.
   */
  SESSIONS_LOST("sessions.lost", "sessions", Direction.LOWER, Pooling.SUM),
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
  /** The latency that distances between regions alone explain; of a mix, the mean of them. */
  DISTANCE("distance.expected", "ns", Direction.NONE, Pooling.MEAN),
  /**
   * The median of operations' latencies less what distance explains of each: what the system adds;
   * below 0 is impossible.
   */
  DISTANCE_RESIDUAL("distance.residual", "ns", Direction.LOWER, Pooling.MEAN),
  /** Time from the start of a cluster's first process until all its regions followed a leader. */
  CLUSTER_START("cluster.start", "ns", Direction.LOWER, Pooling.MEAN),
  /** Operations in histories that a consistency checker has judged. */
  CHECKED("consistency.checked", "op", Direction.NONE, Pooling.SUM),
  /** Histories of which the answers cannot be explained under what the reads promised. */
  VIOLATIONS("consistency.violations", "histories", Direction.LOWER, Pooling.SUM),
  /** Histories that the checker gave up. */
  UNDECIDED("consistency.undecided", "histories", Direction.LOWER, Pooling.SUM),
  /** Reads that missed a write acknowledged before they began, as a share of all. */
  STALE_READS("staleness.share", "ratio", Direction.LOWER, Pooling.MEAN),
  /** The most acknowledged writes of its register that a read missed. */
  STALE_VERSIONS("staleness.versions.max", "writes", Direction.LOWER, Pooling.MEAN),
  /** The longest time that what a read answered had been overwritten, acknowledged, before it. */
  STALE_TIME("staleness.time.max", "ns", Direction.LOWER, Pooling.MEAN),
  /** Time from the acknowledgement of a write until the last region showed it, on average. */
  REPLICATION_LAG("replication.lag", "ns", Direction.LOWER, Pooling.MEAN),
  /** The same until the region nearest to where it was written showed it. */
  REPLICATION_LAG_NEAREST("replication.lag.nearest", "ns", Direction.LOWER, Pooling.MEAN),
  /** The same until the farthest region showed it. */
  REPLICATION_LAG_FARTHEST("replication.lag.farthest", "ns", Direction.LOWER, Pooling.MEAN),
  /** Time from the acknowledgement of a write until the last region that is to had its bytes. */
  COPY_LAG("replication.copy.lag", "ns", Direction.LOWER, Pooling.MEAN),
  /** The same until the nearest region had the bytes. */
  COPY_LAG_NEAREST("replication.copy.lag.nearest", "ns", Direction.LOWER, Pooling.MEAN),
  /** The same until the farthest region had the bytes. */
  COPY_LAG_FARTHEST("replication.copy.lag.farthest", "ns", Direction.LOWER, Pooling.MEAN),
  /** The median latency of reads of clients in the region that leads. */
  MIX_READ_LEADER("regions.leader.read.p50", "ns", Direction.LOWER, Pooling.MEAN),
  /** The median latency of reads of clients in the region nearest to the leader. */
  MIX_READ_NEAREST("regions.nearest.read.p50", "ns", Direction.LOWER, Pooling.MEAN),
  /** The median latency of reads of clients in the region farthest from the leader. */
  MIX_READ_FARTHEST("regions.farthest.read.p50", "ns", Direction.LOWER, Pooling.MEAN),
  /** The median latency of writes of clients in the region that leads. */
  MIX_WRITE_LEADER("regions.leader.write.p50", "ns", Direction.LOWER, Pooling.MEAN),
  /** The median latency of writes of clients in the region nearest to the leader. */
  MIX_WRITE_NEAREST("regions.nearest.write.p50", "ns", Direction.LOWER, Pooling.MEAN),
  /** The median latency of writes of clients in the region farthest from the leader. */
  MIX_WRITE_FARTHEST("regions.farthest.write.p50", "ns", Direction.LOWER, Pooling.MEAN),
  /** Time from a fault until another region asked for votes: until a newer term was seen. */
  FAULT_DETECTION("failover.detection", "ns", Direction.LOWER, Pooling.MEAN),
  /** Time from a fault until another region was ready to lead. */
  ELECTION_GAP("failover.election", "ns", Direction.LOWER, Pooling.MEAN),
  /** The longest time around a fault in which no write of any client was acknowledged. */
  WRITE_GAP("failover.write.gap", "ns", Direction.LOWER, Pooling.MEAN),
  /** The longest time around a fault in which no read of any client was answered. */
  READ_GAP("failover.read.gap", "ns", Direction.LOWER, Pooling.MEAN),
  /** Time from the mending of a fault until every region had applied what was committed then. */
  CATCH_UP("failover.catch.up", "ns", Direction.LOWER, Pooling.MEAN),
  /** Acknowledged writes that were not there afterwards. */
  LOST_WRITES("operations.lost", "op", Direction.LOWER, Pooling.SUM),
  /** Writes that took effect more than once. */
  DUPLICATED_WRITES("operations.duplicated", "op", Direction.LOWER, Pooling.SUM),
  /** Operations whose clients never learnt whether they were carried out. */
  UNKNOWN_OUTCOMES("operations.unknown", "op", Direction.LOWER, Pooling.SUM),
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
  /** Iterations that a fork warmed up in before it measured; noted if it decided so itself. */
  WARM_UPS("warmup.iterations", "iterations", Direction.NONE, Pooling.MEAN),
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
