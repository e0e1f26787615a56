package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.ResourceMeter;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.process.ParentWatchdog;
import io.mooseng.bench.core.process.ProcessIdentity;
import io.mooseng.bench.core.result.Percentile;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.IterationType;

/**
 * Runs inside the fork around every iteration: forgets what warm-up recorded (but for whether it is
 * steady, if the fork is to end it then), and hands what a measured iteration recorded to the run.
 * Adds nothing to JMH's own results.
 *
 * <p>Created by JMH through its public constructor.
 */
public final class ForkProbe implements InternalProfiler {

  /** Names the process of the run; absent where the benchmark runs in that process. */
  static final String STARTER_PROPERTY = "mooseng.bench.starter";

  /**
   * After how many nanoseconds of measuring the fork ends by itself, with the iteration that is
   * going on; absent if its iterations say how long it takes.
   */
  static final String LENGTH_PROPERTY = "mooseng.bench.fork.nanos";

  private final WarmUp warmUp = new WarmUp();
  private final ResourceMeter resources = new ResourceMeter(Ticker.SYSTEM);
  private final Long lengthNanos = Long.getLong(LENGTH_PROPERTY);
  private int measured;
  private long sinceNanos;

  /** Also makes the fork end with its run, even when that is killed. */
  public ForkProbe() {
    String starter = System.getProperty(STARTER_PROPERTY);
    if (starter != null) {
      ParentWatchdog.watch(ProcessIdentity.parse(starter), () -> {});
    }
  }

  @Override
  public String getDescription() {
    return "MooseNG Bench: latency, outcomes and stages of every operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    ForkContext context = ForkContext.current();
    context.warmingUp(iteration.getType() == IterationType.WARMUP);
    context.recorder().reset();
    if (!context.warmingUp() && measured == 0) {
      sinceNanos = Ticker.SYSTEM.nanoTime();
    }
    resources.start();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    ForkContext context = ForkContext.current();
    if (iteration.getType() == IterationType.MEASUREMENT) {
      RecordedInterval interval = context.drain().with(resources.read());
      RecordedInterval noted =
          context.warmupUntilSteady() ? noteWarmUp(interval, context) : interval;
      context.log().ifPresent(log -> log.append(noted));
      context.recording().flush();
      measured++;
      if (measured < iteration.getCount() && timeIsOver()) {
        context.recording().close();
        context.log().ifPresent(ForkLog::appendEnd);
        // JMH cannot be told to end before its last iteration. What the trial has started ends with
        // this JVM, as it does when a run is interrupted.
        Runtime.getRuntime().exit(0);
      }
    } else if (context.warmupUntilSteady()) {
      warmUp.ended(iteration, valueOf(context.drain(), result));
    } else {
      context.forget();
    }
    return List.of();
  }

  private boolean timeIsOver() {
    return lengthNanos != null && Ticker.SYSTEM.nanoTime() - sinceNanos >= lengthNanos;
  }

  /** The median latency as it was recorded; JMH's score where few operations make an iteration. */
  private static double valueOf(RecordedInterval interval, IterationResult result) {
    Long median = Percentile.P50.valueOrNull(interval.latencyNanos());
    return median == null ? result.getPrimaryResult().getScore() : median;
  }

  private RecordedInterval noteWarmUp(RecordedInterval interval, ForkContext context) {
    if (!warmUp.shortfall().isEmpty()) {
      context.warn(warmUp.shortfall());
    }
    return interval.with(Map.of(Quantity.WARM_UPS, (double) warmUp.iterations()));
  }
}
