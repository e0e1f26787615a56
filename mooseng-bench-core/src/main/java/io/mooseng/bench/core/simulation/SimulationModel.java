package io.mooseng.bench.core.simulation;

import java.time.Duration;

/**
 * The constants of the model: a file system that speaks gRPC, its master and chunk server on one
 * machine, reached by one plaintext connection.
 *
 * <p>Not modelled: packet loss, congestion and slow start, TLS, jitter of the path, replication,
 * the page cache, garbage collection, and what the harness itself costs.
 *
 * @param rtt of the path between client and server
 * @param rpcCpu what one call costs a core of the server, median
 * @param serverCores cores that serve calls; further calls queue
 * @param connectCpu what accepting a connection costs a core of the server, median
 * @param linkBytesPerSecond what the connection carries, shared by all calls under way
 * @param streamWindowBytes most bytes of one stream on their way, so that a stream carries at most
 *     one window per RTT
 * @param storageRead from asking the storage device to the first byte, median
 * @param storageWrite from handing data to the storage device to its acknowledgement, median
 * @param noiseSigma of the log-normal factor on the costs above that are medians
 */
public record SimulationModel(
    Duration rtt,
    Duration rpcCpu,
    int serverCores,
    Duration connectCpu,
    long linkBytesPerSecond,
    long streamWindowBytes,
    Duration storageRead,
    Duration storageWrite,
    double noiseSigma) {

  /** Name and version of the model; the version changes with any constant or rule. */
  public static final String NAME = "MooseNG Bench model v1";

  /**
   * RTT of a loopback path. <b>Assumption</b>: tens of microseconds, the order of what lmbench's
   * {@code lat_tcp} reports for localhost on current servers.
   */
  public static final Duration LOOPBACK_RTT = Duration.ofNanos(50_000);

  /** Cores of the server in the source of {@link #GRPC_BENCH_CALLS_PER_SECOND}. */
  public static final int GRPC_BENCH_CORES = 3;

  /**
   * Unary calls per second of {@code java_grpc} on {@value #GRPC_BENCH_CORES} cores: 41,119 in
   * LesnyRumcajs/grpc_bench, pull request 76 (2020). Divided, it gives 73 µs of CPU per call, <b>on
   * the assumption</b> that the server's cores were the bound and that a call of the file system
   * costs what an echo does.
   */
  public static final long GRPC_BENCH_CALLS_PER_SECOND = 41_119;

  /**
   * Bytes per second of one plaintext gRPC connection: "1 GBps per plaintext connection as the
   * rough upper limit", each connection being limited to a core (a maintainer in grpc-java issue
   * 7839, 2021).
   */
  public static final long CONNECTION_BYTES_PER_SECOND = 1_000_000_000;

  /**
   * Flow-control window of a stream once grpc-java has tuned it: {@code MAX_WINDOW_SIZE} of its
   * {@code AbstractNettyHandler}, 8 MiB. That it starts at 1 MiB and has to grow is not modelled.
   */
  public static final long GRPC_JAVA_MAX_WINDOW_BYTES = 8L << 20;

  /** Typical read latency to media at queue depth 1: 92 µs (Micron 9200 NVMe data sheet). */
  public static final Duration NVME_READ = Duration.ofNanos(92_000);

  /** Typical write latency at queue depth 1: 21 µs (Micron 9200 NVMe data sheet). */
  public static final Duration NVME_WRITE = Duration.ofNanos(21_000);

  /** Accepting a connection and starting its HTTP/2 session: 100 µs. <b>Assumption.</b> */
  public static final Duration CONNECT_CPU = Duration.ofNanos(100_000);

  /** Spread of costs: about ±10 %. <b>Assumption.</b> */
  public static final double NOISE_SIGMA = 0.1;

  public SimulationModel {
    requirePositive("rpcCpu", rpcCpu.toNanos());
    requirePositive("serverCores", serverCores);
    requirePositive("linkBytesPerSecond", linkBytesPerSecond);
    requirePositive("streamWindowBytes", streamWindowBytes);
    if (rtt.isNegative()
        || connectCpu.isNegative()
        || storageRead.isNegative()
        || storageWrite.isNegative()) {
      throw new IllegalArgumentException("a duration of the model is negative");
    }
    if (!(noiseSigma >= 0 && noiseSigma <= 1)) {
      throw new IllegalArgumentException("noiseSigma is " + noiseSigma + "; accepted: 0 to 1");
    }
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; accepted: 1 or more");
    }
  }

  /** The constants above, on the loopback path. */
  public static SimulationModel standard() {
    return new SimulationModel(
        LOOPBACK_RTT,
        Duration.ofNanos(
            GRPC_BENCH_CORES * Duration.ofSeconds(1).toNanos() / GRPC_BENCH_CALLS_PER_SECOND),
        GRPC_BENCH_CORES,
        CONNECT_CPU,
        CONNECTION_BYTES_PER_SECOND,
        GRPC_JAVA_MAX_WINDOW_BYTES,
        NVME_READ,
        NVME_WRITE,
        NOISE_SIGMA);
  }

  /** The same model on a path of another RTT. */
  public SimulationModel withRtt(Duration otherRtt) {
    return new SimulationModel(
        otherRtt,
        rpcCpu,
        serverCores,
        connectCpu,
        linkBytesPerSecond,
        streamWindowBytes,
        storageRead,
        storageWrite,
        noiseSigma);
  }

  /** The same model with exact costs, as tests of its arithmetic want it. */
  public SimulationModel withoutNoise() {
    return new SimulationModel(
        rtt,
        rpcCpu,
        serverCores,
        connectCpu,
        linkBytesPerSecond,
        streamWindowBytes,
        storageRead,
        storageWrite,
        0);
  }
}
