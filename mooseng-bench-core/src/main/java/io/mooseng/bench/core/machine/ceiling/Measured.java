package io.mooseng.bench.core.machine.ceiling;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What {@link Plausibility} needs to know of a row.
 *
 * @param operation what was done
 * @param path what the data or the request went through
 * @param medium where the data came from or came to rest; says nothing for rows without data
 * @param streams operations that ran at the same time, all threads and all in flight together
 * @param bytesPerSecond payload of all streams together; empty for a row that moves none
 * @param latencyP50Nanos the median latency of one operation
 * @param linkRttNanos the smallest round trip time measured on the row's link; empty without a
 *     link. Not the median: an honest operation may meet a faster round trip than that.
 */
public record Measured(
    Operation operation,
    Path path,
    Medium medium,
    int streams,
    OptionalDouble bytesPerSecond,
    OptionalDouble latencyP50Nanos,
    OptionalDouble linkRttNanos) {

  /** What was done. */
  public enum Operation {
    READ,
    WRITE,
    RPC,
    METADATA,
    /** Some of these, mixed: its bytes go both ways. */
    MIX,
    CONNECTION
  }

  /** What the data or the request went through. */
  public enum Path {
    /** Nothing but this process's memory. */
    MEMORY,
    /** A file system of this machine. */
    LOCAL_FILE_SYSTEM,
    /** Sockets over loopback, to a server on this machine. */
    LOOPBACK,
    /** As {@link #LOOPBACK}, through a relay that delays above TCP. */
    RELAY,
    /** As {@link #LOOPBACK}, through a link that delays packets (netem, tun). */
    PACKETS,
    /** A machine or mount of which this machine's ceilings say nothing. */
    REMOTE
  }

  /** Where data comes from or comes to rest. */
  public enum Medium {
    MEMORY,
    /** Read from, or written to, the page cache without a sync. */
    PAGE_CACHE,
    /** Read past the page cache, or synced before the operation ended. */
    DEVICE,
    UNKNOWN
  }

  public Measured {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(medium, "medium");
    if (streams < 1) {
      throw new IllegalArgumentException("streams is " + streams + "; accepted: 1 or more");
    }
    requireNumber("bytesPerSecond", bytesPerSecond);
    requireNumber("latencyP50Nanos", latencyP50Nanos);
    requireNumber("linkRttNanos", linkRttNanos);
  }

  private static void requireNumber(String name, OptionalDouble value) {
    if (value.isPresent() && !(value.getAsDouble() >= 0)) {
      throw new IllegalArgumentException(
          name + " is " + value.getAsDouble() + "; accepted: 0 or more");
    }
  }
}
