package io.mooseng.bench.core.jmh;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mooseng.bench.core.config.TlsFiles;
import io.mooseng.bench.core.target.ConnectionSettings;
import io.mooseng.bench.core.target.Route;
import io.mooseng.bench.core.target.TargetOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a fork is told by the run, through a file named by the system property {@value #PROPERTY}.
 *
 * @param targetUri what to open, or null for a benchmark without a target
 * @param access what else must be known of the target
 * @param workload files of workloads and traces
 * @param logFile where the fork writes what it recorded
 * @param linkRttMillis the smallest round-trip time that was measured over the emulated link; null
 *     if there is none
 * @param route how the target is reached; null if at the address it calls itself
 * @param startedLinks how links within a system that the benchmark starts are emulated
 * @param warmupUntilSteady whether the fork ends its warm-up when its iterations are steady
 * @param tlsCa null for plain text or the JDK's own certificates
 */
record ForkSettings(
    String targetUri,
    TargetAccess access,
    WorkloadFiles workload,
    long seed,
    long deadlineMillis,
    boolean fsync,
    boolean serverTimes,
    String tlsCa,
    String tlsCertificate,
    String tlsKey,
    Double linkRttMillis,
    String logFile,
    Route route,
    StartedSystem.Links startedLinks,
    boolean warmupUntilSteady) {

  /** Names the file; absent in a JVM that no run of ours started. */
  static final String PROPERTY = "mooseng.bench.fork";

  private static final double NANOS_PER_MILLI = 1e6;
  private static final ObjectMapper JSON = new ObjectMapper();

  static ForkSettings of(
      String targetUri,
      TargetAccess access,
      WorkloadFiles workload,
      long seed,
      TargetOptions options,
      Double linkRttMillis,
      Path logFile) {
    TlsFiles tls = options.tls();
    return new ForkSettings(
        targetUri,
        access,
        workload,
        seed,
        options.connections().deadline().toMillis(),
        options.fsync(),
        options.serverTimes(),
        text(tls.ca()),
        text(tls.certificate()),
        text(tls.key()),
        linkRttMillis,
        logFile.toString(),
        options.route().orElse(null),
        StartedSystem.Links.RELAY,
        false);
  }

  /** The same for a benchmark that starts its system. */
  ForkSettings withStartedLinks(StartedSystem.Links links) {
    return with(links, warmupUntilSteady);
  }

  /** The same for a fork that decides how long it warms up. */
  ForkSettings withWarmupUntilSteady(boolean untilSteady) {
    return with(startedLinks, untilSteady);
  }

  private ForkSettings with(StartedSystem.Links links, boolean untilSteady) {
    return new ForkSettings(
        targetUri,
        access,
        workload,
        seed,
        deadlineMillis,
        fsync,
        serverTimes,
        tlsCa,
        tlsCertificate,
        tlsKey,
        linkRttMillis,
        logFile,
        route,
        links,
        untilSteady);
  }

  private static String text(Optional<Path> file) {
    return file.map(path -> path.toAbsolutePath().toString()).orElse(null);
  }

  TargetOptions targetOptions() {
    return new TargetOptions(
            new TlsFiles(path(tlsCa), path(tlsCertificate), path(tlsKey)),
            ConnectionSettings.defaults().withDeadline(Duration.ofMillis(deadlineMillis)),
            TargetOptions.defaults().maxInFlight(),
            fsync)
        .withServerTimes(serverTimes)
        .withRoute(Optional.ofNullable(route));
  }

  private static Optional<Path> path(String text) {
    return Optional.ofNullable(text).map(Path::of);
  }

  Optional<Duration> linkRtt() {
    return Optional.ofNullable(linkRttMillis)
        .map(millis -> Duration.ofNanos(Math.round(millis * NANOS_PER_MILLI)));
  }

  void writeTo(Path file) throws IOException {
    Files.write(file, JSON.writeValueAsBytes(this));
  }

  static ForkSettings read(Path file) {
    try {
      return JSON.readValue(file.toFile(), ForkSettings.class);
    } catch (IOException e) {
      throw new UncheckedIOException("the settings of this fork cannot be read", e);
    }
  }
}
