package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.plan.Plan;
import io.mooseng.bench.core.plan.Soak;
import io.mooseng.bench.core.process.ProcessIdentity;
import io.mooseng.bench.core.target.TargetOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkException;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs one fork of one cell: one {@code Runner.run} of JMH. */
final class CellRunner {

  /** How JMH's message begins when a fork ended without a word. */
  private static final String FORK_DIED = "Forked VM failed";

  /** JMH's own, for the iteration itself counts: here that is a schedule of any length. */
  private static final Duration TIMEOUT = JmhCommand.duration(Defaults.TIMEOUT);

  /** A search may confirm several rates where one was expected, and a schedule may end late. */
  private static final int PATIENCE = 4;

  private final JmhCommand command;
  private final ProgressOutput output;
  private final Path scratch;
  private final Optional<Soak> soak;
  private final boolean warmupUntilSteady;
  private final ProgressListener listener;
  private int forksStarted;

  /**
   * @param soak how forks are sampled, if they are measured for long
   * @param warmupUntilSteady whether forks decide how long they warm up; those of schedules do not
   * @param listener hears of windows
   */
  CellRunner(
      JmhCommand command,
      ProgressOutput output,
      Path scratch,
      Optional<Soak> soak,
      boolean warmupUntilSteady,
      ProgressListener listener) {
    this.warmupUntilSteady = warmupUntilSteady;
    this.command = command;
    this.output = output;
    this.scratch = scratch;
    this.soak = soak;
    this.listener = listener;
  }

  /**
   * Runs a fork and waits for its end.
   *
   * @param system what the fork measures
   * @param workload files of workloads and traces
   * @param first whether this is the first fork of the cell; warm-up forks go before it
   * @throws IOException if the record of the fork cannot be written or read
   */
  ForkOutcome run(
      Cell cell,
      SystemUnderTest system,
      WorkloadFiles workload,
      long seed,
      TargetOptions target,
      boolean first)
      throws IOException {
    int number = forksStarted++;
    Path settingsFile = scratch.resolve("fork-" + number + ".json");
    ForkLog log = new ForkLog(scratch.resolve("fork-" + number + ".jsonl"));
    ForkSettings.of(
            system.uri(),
            system.access(),
            workload,
            seed,
            target,
            system.network().rttMinMillis().orElse(null),
            scratch.resolve("fork-" + number + ".jsonl"))
        .withStartedLinks(system.startedLinks())
        .withWarmupUntilSteady(warmupUntilSteady && !cell.benchmark().scheduled())
        .writeTo(settingsFile);
    System.setProperty(ForkSettings.PROPERTY, settingsFile.toString());
    output.lastWords().forget();
    Optional<SoakWindows> windows =
        soak.map(
            how -> new SoakWindows(how.window(), new ForkLog.Tail(log), Ticker.SYSTEM, listener));
    output.forkBegins(windows);
    try {
      Collection<RunResult> results = new Runner(options(cell, settingsFile, first), output).run();
      ForkLog.Content recorded = log.read();
      if (recorded.ended()) {
        return ended(recorded);
      }
      if (results.isEmpty()) {
        return failed(recorded, FailureKind.INTERNAL, "JMH returned no result", null);
      }
      return new ForkOutcome(
          results.iterator().next().getBenchmarkResults().stream().findFirst(),
          recorded,
          Optional.empty(),
          output.measured());
    } catch (RunnerException e) {
      ForkLog.Content recorded = log.read();
      return recorded.ended() ? ended(recorded) : failed(recorded, e);
    } catch (RuntimeException e) {
      // JMH's way to say that it cannot start this fork; the next one may be another matter.
      return failed(log.read(), FailureKind.INTERNAL, "JMH threw " + e, e);
    } finally {
      windows.ifPresent(SoakWindows::end);
      System.clearProperty(ForkSettings.PROPERTY);
    }
  }

  /** Of a fork whose time was over; JMH has no result of it. */
  private ForkOutcome ended(ForkLog.Content recorded) {
    return new ForkOutcome(Optional.empty(), recorded, Optional.empty(), output.measured());
  }

  private Options options(Cell cell, Path settingsFile, boolean first) {
    ChainedOptionsBuilder builder =
        new OptionsBuilder()
            .parent(command.base())
            .include("^" + Pattern.quote(cell.benchmark().fullName()) + "$")
            .mode(Mode.deepValueOf(cell.benchmark().jmhMode()))
            .forks(Math.min(1, cell.sizes().forks()))
            .warmupForks(first ? Plan.warmupForks(cell) : 0)
            .warmupIterations(cell.sizes().warmupIterations())
            .warmupTime(time(cell.sizes().warmupTime()))
            .measurementIterations(cell.sizes().iterations())
            .measurementTime(time(cell.sizes().time()))
            .shouldFailOnError(true)
            .addProfiler(ForkLaunch.class, forkOptions(cell, settingsFile))
            .addProfiler(ForkProbe.class);
    if (cell.benchmark().scheduled() && !command.decidesTimeout()) {
      builder.timeout(time(cell.sizes().time().multipliedBy(PATIENCE).plus(TIMEOUT)));
    }
    if (!command.collectorFlags().isEmpty()) {
      builder.jvmArgsAppend(command.appendedFlags().toArray(String[]::new));
    }
    cell.parameters().forEach((name, value) -> builder.param(name, value));
    return builder.build();
  }

  private String forkOptions(Cell cell, Path settingsFile) {
    List<String> options = new ArrayList<>(ClassArchive.options());
    options.add("-D" + ForkSettings.PROPERTY + "=" + settingsFile);
    options.add("-D" + ForkProbe.STARTER_PROPERTY + "=" + ProcessIdentity.current());
    options.add("-Djava.io.tmpdir=" + scratch);
    soak.filter(how -> cell.benchmark().scheduled())
        .map(how -> "-D" + ForkProbe.LENGTH_PROPERTY + "=" + how.share().toNanos())
        .ifPresent(options::add);
    return String.join(ForkLaunch.SEPARATOR, options);
  }

  private static TimeValue time(Duration duration) {
    if (duration.getNano() == 0) {
      return TimeValue.seconds(duration.toSeconds());
    }
    return duration.equals(Duration.ofMillis(duration.toMillis()))
        ? TimeValue.milliseconds(duration.toMillis())
        : new TimeValue(duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Prefers what the fork said of itself to what JMH says about the fork. */
  private ForkOutcome failed(ForkLog.Content recorded, RunnerException e) {
    Throwable cause = e;
    if (e.getCause() instanceof BenchmarkException benchmark
        && benchmark.getSuppressed().length > 0) {
      cause = benchmark.getSuppressed()[0];
    }
    if (recorded.failure().isPresent()) {
      ForkLog.Failure failure = recorded.failure().get();
      return failed(recorded, failure.kind(), failure.message(), cause);
    }
    String ownWords = String.valueOf(cause.getMessage());
    String message = ownWords.startsWith(FORK_DIED) ? died(ownWords) : "threw " + cause;
    return failed(recorded, FailureKind.INTERNAL, message, cause);
  }

  private String died(String how) {
    return how + output.lastWords().said().map(words -> ": " + words).orElse("");
  }

  private static ForkOutcome failed(
      ForkLog.Content recorded, FailureKind kind, String message, Throwable cause) {
    return new ForkOutcome(
        Optional.empty(), recorded, Optional.of(new ForkOutcome.Failure(kind, message, cause)));
  }
}
