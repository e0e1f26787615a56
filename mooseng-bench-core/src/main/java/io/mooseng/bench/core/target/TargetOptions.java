package io.mooseng.bench.core.target;

import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.config.TlsFiles;
import java.time.Duration;

/**
 * How a driver is opened.
 *
 * @param deadline of every call to the target
 * @param maxInFlight most asynchronous operations at once; a driver that needs a thread for each
 *     makes this many
 * @param fsync whether a driver that writes to a local file system forces every write to disk
 */
public record TargetOptions(TlsFiles tls, Duration deadline, int maxInFlight, boolean fsync) {

  /** Calls to a healthy file system end well within this, 100 MB at 10 MB/s included. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);

  /** The most the benchmarks ask for by themselves. */
  public static final int DEFAULT_MAX_IN_FLIGHT = 500;

  /** Plain text, default deadline, no forced writes. */
  public static TargetOptions defaults() {
    return new TargetOptions(TlsFiles.NONE, DEFAULT_DEADLINE, DEFAULT_MAX_IN_FLIGHT, false);
  }

  /** These options with or without forced writes. */
  public TargetOptions withFsync(boolean value) {
    return new TargetOptions(tls, deadline, maxInFlight, value);
  }

  /** What the settings of a run say about its targets. */
  public static TargetOptions of(RunSettings settings) {
    return new TargetOptions(
        settings.tls(), DEFAULT_DEADLINE, DEFAULT_MAX_IN_FLIGHT, settings.fsync());
  }
}
