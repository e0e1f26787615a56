package io.mooseng.bench.core.target.nio;

/**
 * How a NIO file system is driven.
 *
 * @param fsync whether a write returns only after the file's data and metadata, and on the default
 *     file system its directory, were forced to the device
 * @param maxInFlight most asynchronous operations at once, one thread each, 1 to {@value
 *     #MOST_IN_FLIGHT}; more of them queue
 */
public record NioOptions(boolean fsync, int maxInFlight) {

  /** No forced writes, 64 operations at once. */
  public static final NioOptions DEFAULTS = new NioOptions(false, 64);

  static final int MOST_IN_FLIGHT = 4096;

  public NioOptions {
    if (maxInFlight < 1 || maxInFlight > MOST_IN_FLIGHT) {
      throw new IllegalArgumentException(
          "maxInFlight is %d; accepted: 1 to %d".formatted(maxInFlight, MOST_IN_FLIGHT));
    }
  }
}
