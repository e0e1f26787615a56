package io.mooseng.bench.core.target;

import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.config.TlsFiles;
import java.time.Duration;
import java.util.Optional;

/**
 * How a driver is opened.
 *
 * @param connections how a driver with sockets connects and calls; the others ignore it
 * @param maxInFlight most asynchronous operations at once; a driver that needs a thread for each
 *     makes this many
 * @param fsync whether a driver that writes to a local file system forces every write to disk
 * @param openTimeout until a server must have answered when a driver with sockets is opened, and
 *     when a session that it lost is made anew
 * @param serverTimes whether servers are asked when they received and answered each call
 * @param route how the server is reached, if not at the address it calls itself
 */
public record TargetOptions(
    TlsFiles tls,
    ConnectionSettings connections,
    int maxInFlight,
    boolean fsync,
    Duration openTimeout,
    boolean serverTimes,
    Optional<Route> route) {

  /** The most the benchmarks ask for by themselves. */
  public static final int DEFAULT_MAX_IN_FLIGHT = 500;

  /** Where nobody knows yet whether a server is there at all. */
  public static final Duration DEFAULT_OPEN_TIMEOUT = Duration.ofSeconds(10);

  /**
   * Where the server was seen to answer, or was started by the run itself: one that is slow is on a
   * machine that has too much to do, and not worth a failed row.
   */
  public static final Duration KNOWN_OPEN_TIMEOUT = Duration.ofSeconds(30);

  /** Options with {@link #DEFAULT_OPEN_TIMEOUT}, and no question for times. */
  public TargetOptions(
      TlsFiles tls, ConnectionSettings connections, int maxInFlight, boolean fsync) {
    this(tls, connections, maxInFlight, fsync, DEFAULT_OPEN_TIMEOUT, false, Optional.empty());
  }

  /** Plain text, default connections, no forced writes. */
  public static TargetOptions defaults() {
    return new TargetOptions(
        TlsFiles.NONE, ConnectionSettings.defaults(), DEFAULT_MAX_IN_FLIGHT, false);
  }

  /** These options with or without forced writes. */
  public TargetOptions withFsync(boolean value) {
    return new TargetOptions(tls, connections, maxInFlight, value, openTimeout, serverTimes, route);
  }

  /** What the settings of a run say about its targets. */
  public static TargetOptions of(RunSettings settings) {
    return new TargetOptions(
            settings.tls(), ConnectionSettings.defaults(), DEFAULT_MAX_IN_FLIGHT, settings.fsync())
        .withServerTimes(settings.anatomy());
  }

  /** These options with other files for TLS. */
  public TargetOptions withTls(TlsFiles value) {
    return new TargetOptions(
        value, connections, maxInFlight, fsync, openTimeout, serverTimes, route);
  }

  /** These options with other connections. */
  public TargetOptions withConnections(ConnectionSettings value) {
    return new TargetOptions(tls, value, maxInFlight, fsync, openTimeout, serverTimes, route);
  }

  /** These options with another time for a server to answer first. */
  public TargetOptions withOpenTimeout(Duration value) {
    return new TargetOptions(tls, connections, maxInFlight, fsync, value, serverTimes, route);
  }

  /** These options with or without the question for times. */
  public TargetOptions withServerTimes(boolean value) {
    return new TargetOptions(tls, connections, maxInFlight, fsync, openTimeout, value, route);
  }

  /** These options for a server that is reached by a route. */
  public TargetOptions withRoute(Optional<Route> value) {
    return new TargetOptions(tls, connections, maxInFlight, fsync, openTimeout, serverTimes, value);
  }
}
