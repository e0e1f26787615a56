package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.ResourceMeter;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.process.ParentWatchdog;
import io.mooseng.bench.core.process.ProcessIdentity;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.IterationType;

/**
 * Runs inside the fork around every iteration: forgets what warm-up recorded, and hands what a
 * measured iteration recorded to the run. Adds nothing to JMH's own results.
 *
 * <p>Created by JMH through its public constructor.
 */
public final class ForkProbe implements InternalProfiler {

  /** Names the process of the run; absent where the benchmark runs in that process. */
  static final String STARTER_PROPERTY = "mooseng.bench.starter";

  private final ResourceMeter resources = new ResourceMeter(Ticker.SYSTEM);

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
    resources.start();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    if (iteration.getType() == IterationType.MEASUREMENT) {
      ForkContext context = ForkContext.current();
      RecordedInterval interval = context.recorder().drain().with(resources.read());
      context.log().ifPresent(log -> log.append(interval));
    }
    return List.of();
  }
}
