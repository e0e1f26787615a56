package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.ConnectionSettings;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetIdentity;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a benchmark runs: in a fork of a run, in the model of a simulated run, or alone in an IDE.
 *
 * <p>One context is current in a JVM at a time: JMH creates states and profilers by reflection, so
 * they can find each other only here. It changes only between cells.
 */
final class ForkContext {

  private static volatile ForkContext current;

  private final String key;
  private final OperationRecorder recorder = new OperationRecorder();
  private final Ticker ticker;
  private final long seed;
  private final DriverSource drivers;
  private final Optional<ForkLog> log;
  private final TargetAccess access;
  private final WorkloadFiles workload;
  private final Optional<Duration> linkRtt;
  private final StartedSystem.Links startedLinks;
  private final boolean warmupUntilSteady;
  private final ForkRecording recording;
  private final LostSessions lostSessions = new LostSessions();
  private volatile boolean warmingUp;

  private ForkContext(
      String key,
      Ticker ticker,
      long seed,
      DriverSource drivers,
      Optional<ForkLog> log,
      TargetAccess access,
      WorkloadFiles workload,
      Optional<Duration> linkRtt,
      StartedSystem.Links startedLinks,
      boolean warmupUntilSteady) {
    this.warmupUntilSteady = warmupUntilSteady;
    this.startedLinks = startedLinks;
    this.linkRtt = linkRtt;
    this.access = access;
    this.workload = workload;
    this.key = key;
    this.ticker = ticker;
    this.seed = seed;
    this.drivers = drivers;
    this.log = log;
    this.recording = new ForkRecording(this, Optional.ofNullable(workload.recording()));
  }

  /** How the target of this context is reached. */
  @FunctionalInterface
  interface DriverSource {
    /**
     * @param connections what the benchmark asks for; empty: as the run says
     */
    TargetDriver open(Optional<ConnectionSettings> connections) throws OperationException;

    /** The driver that was opened last is closed. */
    default void closed() {}
  }

  /** The context of this JVM; made from the fork's settings when first asked for. */
  static ForkContext current() {
    String key = System.getProperty(ForkSettings.PROPERTY, "");
    ForkContext known = current;
    if (known != null && known.key.equals(key)) {
      return known;
    }
    synchronized (ForkContext.class) {
      if (current == null || !current.key.equals(key)) {
        current = key.isEmpty() ? alone() : of(key);
      }
      return current;
    }
  }

  private static ForkContext of(String settingsFile) {
    ForkSettings settings = ForkSettings.read(Path.of(settingsFile));
    return new ForkContext(
        settingsFile,
        Ticker.SYSTEM,
        settings.seed(),
        drivers(settings),
        Optional.of(new ForkLog(Path.of(settings.logFile()))),
        settings.access(),
        settings.workload(),
        settings.linkRtt(),
        settings.startedLinks(),
        settings.warmupUntilSteady());
  }

  private static DriverSource drivers(ForkSettings settings) {
    TargetOptions options =
        settings.targetOptions().withOpenTimeout(TargetOptions.KNOWN_OPEN_TIMEOUT);
    return settings.access().server() == null
        ? connections ->
            Targets.open(
                settings.targetUri(), connections.map(options::withConnections).orElse(options))
        : new OwnServerDrivers(settings.access().server(), options);
  }

  /** No run of ours started this JVM: an IDE plugin did. The server is started for the trial. */
  private static ForkContext alone() {
    return new ForkContext(
        "",
        Ticker.SYSTEM,
        1,
        StandaloneServer::open,
        Optional.empty(),
        TargetAccess.PLAIN,
        WorkloadFiles.NONE,
        Optional.empty(),
        StartedSystem.Links.RELAY,
        false);
  }

  /** Makes a context current that answers from {@code drivers} on {@code ticker}. */
  static ForkContext enter(Ticker ticker, long seed, DriverSource drivers, WorkloadFiles workload) {
    ForkContext context =
        new ForkContext(
            System.getProperty(ForkSettings.PROPERTY, ""),
            ticker,
            seed,
            drivers,
            Optional.empty(),
            TargetAccess.PLAIN,
            workload,
            Optional.empty(),
            StartedSystem.Links.RELAY,
            false);
    current = context;
    return context;
  }

  /** Ends what {@link #enter} began. */
  static void leave() {
    current = null;
  }

  OperationRecorder recorder() {
    return recorder;
  }

  /** What was recorded since the last drain or reset, and the sessions that were lost meanwhile. */
  RecordedInterval drain() {
    return recorder.drain().with(lostSessions.sinceLast());
  }

  /** Forgets what was recorded, and the sessions that were lost. */
  void forget() {
    recorder.reset();
    lostSessions.sinceLast();
  }

  /** Whether warm-up ends when its iterations are steady. */
  boolean warmupUntilSteady() {
    return warmupUntilSteady;
  }

  /** Whether the current iteration only warms up. */
  boolean warmingUp() {
    return warmingUp;
  }

  void warmingUp(boolean warmUp) {
    warmingUp = warmUp;
  }

  /** Files of workloads and traces. */
  WorkloadFiles workload() {
    return workload;
  }

  /** The smallest round-trip time measured over the emulated link to the target, if it is one. */
  Optional<Duration> linkRtt() {
    return linkRtt;
  }

  StartedSystem.Links startedLinks() {
    return startedLinks;
  }

  Ticker ticker() {
    return ticker;
  }

  long seed() {
    return seed;
  }

  /** What this fork writes down of its operations. */
  ForkRecording recording() {
    return recording;
  }

  /** The measuring facade of a target, as the benchmark asks for it. */
  Target openTarget(Optional<ConnectionSettings> connections) {
    return recording.target(openDriver(connections));
  }

  /** As {@link #openTarget}, of a target that the benchmark has started. */
  Target openStartedTarget(String uri) {
    return new Target(openStartedDriver(uri), recorder, ticker);
  }

  /** Closes what {@link #openTarget} opened. */
  void close(Target target) {
    try {
      target.close();
    } finally {
      recording.close();
      drivers.closed();
    }
  }

  TargetAccess access() {
    return access;
  }

  Optional<ForkLog> log() {
    return log;
  }

  /**
   * Opens the target; a failure is told to the run before it is thrown.
   *
   * @param connections what the benchmark asks for, which goes before what the run says
   */
  private TargetDriver openDriver(Optional<ConnectionSettings> connections) {
    try {
      TargetDriver driver = lostSessions.of(drivers.open(connections));
      TargetIdentity identity = driver.identity();
      log.ifPresent(file -> file.append(identity));
      return driver;
    } catch (OperationException e) {
      throw failed(e.kind(), e.getMessage(), e);
    }
  }

  private TargetDriver openStartedDriver(String uri) {
    try {
      TargetDriver driver = lostSessions.of(Targets.open(uri, TargetOptions.defaults()));
      TargetIdentity identity = driver.identity();
      log.ifPresent(file -> file.append(identity));
      return driver;
    } catch (OperationException e) {
      throw failed(e.kind(), e.getMessage(), e);
    }
  }

  /** Tells the run what must be known to trust this fork; where there is no run, whoever reads. */
  void warn(String warning) {
    log.ifPresentOrElse(
        file -> file.appendWarning(warning), () -> System.err.println("warning: " + warning));
  }

  /** Tells the run why this fork cannot go on. */
  SessionException failed(FailureKind kind, String message, Throwable cause) {
    log.ifPresent(file -> file.append(kind, message));
    return new SessionException(kind, message, cause);
  }
}
