package io.mooseng.bench.core.config;

import java.util.Optional;

/**
 * Every setting of a run: the name is the option on the command line (with two dashes) and the key
 * in a configuration file.
 */
public enum SettingKey {
  TARGET(
      "target",
      "URI",
      "System under test: mooseng://HOST:PORT, file:///DIR, any java.nio.file URI, memory:/, or"
          + " embedded. Repeatable: targets are interleaved in one run."),
  PROVIDER_JAR(
      "provider-jar",
      "FILE.jar",
      "A java.nio.file provider, or what one needs, for a --target of its scheme. Repeatable."),
  MODE(
      "mode",
      "MODE",
      "live, embedded, simulated, or auto (falls back in that order, loudly). Default: live with"
          + " --target, else embedded."),
  PROFILE(
      "profile",
      "NAME",
      "smoke, quick, standard, regions or full: which cells (unless benchmarks are named), how long"
          + " (unless -f -wi -i -w -r -to or -bm is given). Default: quick."),
  STORE(
      "store",
      "DIR|memory",
      "Where the embedded server keeps chunks. Default: a fresh temporary directory."),
  FSYNC("fsync", null, "The embedded server, and file targets, force data to disk on every write."),
  SERVER(
      "server",
      "PLACE",
      "Where the embedded server runs: process (one of its own, the default) or in-process (the"
          + " client's JVM, for debugging)."),
  DROP_CACHES(
      "drop-caches",
      null,
      "Allow cold reads (-p cache=cold): each empties the page cache of this machine first. Needs"
          + " root."),
  KEEP("keep", null, "Leave what the run made on its targets, and say where."),
  WORKLOADS(
      "workloads",
      "FILE.yaml",
      "Workloads of your own for MixBenchmark; they run unless -p workload says otherwise."),
  RECORD_TRACES(
      "record-traces",
      null,
      "Write down every measured operation on files, in the run directory's traces."),
  TRACE("trace", "FILE", "What ReplayBenchmark performs again: a trace of --record-traces."),
  RATE(
      "rate",
      "N",
      "Operations per second of a fork, such as 2000 or 0.5/s, that start whatever the target does"
          + " (open loop). For benchmarks with the parameter rate."),
  FIND_MAX_RATE(
      "find-max-rate",
      "OBJECTIVE",
      "Search the highest rate that keeps a latency objective, such as 'p99<20ms' (p50 to p99.99;"
          + " response time from the intended start). Instead of --rate."),
  ARRIVAL(
      "arrival",
      "PROCESS",
      "constant or poisson: how the intended starts of --rate lie. Default: constant."),
  DURATION("duration", "TIME", "Length of a schedule, such as 10s. For the same benchmarks."),
  SOAK(
      "soak",
      "TIME",
      "Sample for long, such as 1h: rows share the time, each in one fork and in windows (a 60th of"
          + " its time, or -r), and are asked for trends at the end. Instead of -f and -i."),
  NETWORK(
      "network",
      "PROFILE|FILE.yaml",
      "Emulate a link between clients and servers: a preset such as wan-70 or lossy-mobile, or your"
          + " own profile or topology (docs/network-conditions.md). Measured before every fork."),
  BACKEND(
      "backend",
      "NAME",
      "What emulates links: relay (any machine; delay, jitter, rate), tun or netem (packets), or"
          + " auto, the first that can do what is asked. Default: auto."),
  SEED("seed", "N", "Seed of payloads, orders and models. Default: 1."),
  OUT("out", "DIR", "Where the run directory is made. Default: bench-results."),
  CONFIG("config", "FILE.yaml", "Read settings from a file; options win."),
  TLS_CA("tls-ca", "FILE", "Connect with TLS and trust these certificates (PEM)."),
  TLS_CERT("tls-cert", "FILE", "Client certificate chain for mutual TLS (PEM)."),
  TLS_KEY("tls-key", "FILE", "Private key of --tls-cert (PEM, PKCS #8)."),
  ANATOMY(
      "anatomy",
      null,
      "Show where the time of operations goes: their stages below the table, and what the embedded"
          + " server says of its own part. Costs a little of every call."),
  CEILING_TIME(
      "ceiling-time",
      "TIME",
      "How long the ceilings of this machine are measured before the first row, such as 500ms."
          + " Default: 4s."),
  PRECISION(
      "precision",
      "SHARE",
      "Measure each row with as many forks as it takes, 6 to 20: until half the width of the 95 %"
          + " interval of its primary metric is below this, such as 2%. Instead of -f."),
  WARMUP_UNTIL_STEADY(
      "warmup-until-steady",
      null,
      "Warm each fork up until its iterations are steady: at least 10 of them, at most -wi (default"
          + " 50). Not for schedules, which warm up as planned."),
  METRICS_PORT(
      "metrics-port",
      "[HOST:]PORT",
      "Expose the run's metrics to Prometheus while it goes on; 0 takes any port. Default host:"
          + " 127.0.0.1, this machine only."),
  METRICS_FILE(
      "metrics-file",
      "FILE.prom",
      "Write the same metrics to a file, for the textfile collector of Prometheus's node exporter."),
  START_AT(
      "start-at",
      "INSTANT",
      "Start the first fork at an instant such as 2026-03-01T10:20:30Z, together with other load"
          + " machines; merge joins their runs."),
  NO_PROGRESS("no-progress", null, "No progress line on stderr."),
  DEBUG("debug", null, "Show stack traces.");

  private final String key;
  private final String valueLabel;
  private final String description;

  SettingKey(String key, String valueLabel, String description) {
    this.key = key;
    this.valueLabel = valueLabel;
    this.description = description;
  }

  /** The key in a configuration file. */
  public String key() {
    return key;
  }

  /** The option on the command line. */
  public String option() {
    return "--" + key;
  }

  /** What the value stands for in help, or empty for a switch. */
  public Optional<String> valueLabel() {
    return Optional.ofNullable(valueLabel);
  }

  public String description() {
    return description;
  }

  /** Whether it may be given more than once. */
  public boolean repeatable() {
    return this == TARGET || this == PROVIDER_JAR;
  }

  static Optional<SettingKey> ofKey(String key) {
    for (SettingKey candidate : values()) {
      if (candidate.key.equals(key)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
