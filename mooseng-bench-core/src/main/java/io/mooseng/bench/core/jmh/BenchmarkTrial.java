package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.config.TlsFiles;
import io.mooseng.bench.core.config.WorkloadSettings;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.target.ConnectionSettings;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One trial of a benchmark method without JMH, in this JVM and thread: its operations are recorded
 * as they are in a fork. For rows answered by a model, and for tests.
 *
 * <p>Only one trial can be open in a JVM.
 */
public final class BenchmarkTrial implements AutoCloseable {

  private static final Duration UNLIMITED = Duration.ofNanos(Long.MAX_VALUE);
  private static final long SEED = 1;

  private final ForkContext context;
  private final BenchmarkInvoker benchmark;

  private BenchmarkTrial(ForkContext context, BenchmarkInvoker benchmark) {
    this.context = context;
    this.benchmark = benchmark;
  }

  /**
   * Sets a benchmark up against a target, with seed {@value #SEED}.
   *
   * @param parameters values of {@code @Param} fields; the first declared one where missing
   * @throws SessionException if the target cannot be opened, or fails during set-up
   */
  public static BenchmarkTrial against(
      String targetUri, Class<?> benchmark, String method, Map<String, String> parameters) {
    return against(
        targetUri, benchmark, method, parameters, WorkloadSettings.NONE, Optional.empty());
  }

  /** As {@link #against(String, Class, String, Map)}, over TLS. */
  public static BenchmarkTrial against(
      String targetUri,
      TlsFiles tls,
      Class<?> benchmark,
      String method,
      Map<String, String> parameters) {
    return in(
        ForkContext.enter(Ticker.SYSTEM, SEED, drivers(targetUri, tls), WorkloadFiles.NONE),
        benchmark,
        method,
        parameters);
  }

  private static ForkContext.DriverSource drivers(String targetUri, TlsFiles tls) {
    TargetOptions options = TargetOptions.defaults().withTls(tls);
    return connections ->
        Targets.open(
            targetUri, options.withConnections(connections.orElse(ConnectionSettings.defaults())));
  }

  /**
   * As {@link #against(String, Class, String, Map)}, with files of workloads and traces.
   *
   * @param recordTo where the operations are written down
   */
  public static BenchmarkTrial against(
      String targetUri,
      Class<?> benchmark,
      String method,
      Map<String, String> parameters,
      WorkloadSettings workload,
      Optional<Path> recordTo) {
    ForkContext context =
        ForkContext.enter(
            Ticker.SYSTEM,
            SEED,
            drivers(targetUri, TlsFiles.NONE),
            WorkloadFiles.of(
                workload.workloads(),
                recordTo.map(
                    file -> WorkloadFiles.Recording.of(file, what(benchmark, method, parameters))),
                workload.trace()));
    return in(context, benchmark, method, parameters);
  }

  private static String what(Class<?> benchmark, String method, Map<String, String> parameters) {
    return parameters.getOrDefault(
        Cell.WORKLOAD_PARAMETER, benchmark.getSimpleName() + "." + method);
  }

  /** Sets a benchmark up in a context that was entered for it, and is left when the trial ends. */
  static BenchmarkTrial in(
      ForkContext context, Class<?> benchmark, String method, Map<String, String> parameters) {
    try {
      return new BenchmarkTrial(context, new BenchmarkInvoker(benchmark, method, parameters));
    } catch (RuntimeException e) {
      ForkContext.leave();
      throw e;
    }
  }

  /** Runs an iteration of so many calls and returns what it recorded. */
  public RecordedInterval iterate(int calls) {
    return iterate(UNLIMITED, calls);
  }

  /** Runs an iteration that ends with the first call after {@code time}, or after so many calls. */
  RecordedInterval iterate(Duration time, int mostCalls) {
    benchmark.startIteration();
    context.recorder().reset();
    long start = context.ticker().nanoTime();
    long limitNanos = time.toNanos();
    for (int call = 0;
        call < mostCalls && context.ticker().nanoTime() - start < limitNanos;
        call++) {
      benchmark.invoke();
    }
    benchmark.endIteration();
    return context.drain();
  }

  /** Ends the trial: its states are torn down. */
  @Override
  public void close() {
    try {
      benchmark.endTrial();
    } finally {
      ForkContext.leave();
    }
  }
}
