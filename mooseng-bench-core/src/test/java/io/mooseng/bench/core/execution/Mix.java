package io.mooseng.bench.core.execution;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.OperationListener;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.workload.mix.FileOperation;
import io.mooseng.bench.core.workload.mix.InitialFile;
import io.mooseng.bench.core.workload.mix.Popularity;
import io.mooseng.bench.core.workload.mix.PopulationShape;
import io.mooseng.bench.core.workload.mix.SizeDistribution;
import io.mooseng.bench.core.workload.mix.Workload;
import io.mooseng.bench.core.workload.mix.WorkloadPlan;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A workload of every operation on a target, for tests. */
final class Mix {

  static final long SEED = 7;

  final OperationRecorder recorder = new OperationRecorder();
  final Target target;
  final WorkloadPlan plan;
  final OperationExecutor executor;

  /** Makes the population; after that, operations go through {@code faults}. */
  Mix(TargetDriver driver, Function<TargetDriver, TargetDriver> faults, OperationListener listener)
      throws OperationException {
    this(driver, faults, listener, new WorkloadPlan(everything(), SEED, 2));
  }

  Mix(
      TargetDriver driver,
      Function<TargetDriver, TargetDriver> faults,
      OperationListener listener,
      WorkloadPlan plan)
      throws OperationException {
    this.plan = plan;
    this.target = new Target(faults.apply(driver), recorder, Ticker.SYSTEM, listener);
    executor =
        new OperationExecutor(new Target(driver, recorder, Ticker.SYSTEM), driver.root(), "", SEED);
    for (String directory : plan.directories().toList()) {
      executor.makeDirectory(directory);
    }
    for (int client = 0; client < plan.clients(); client++) {
      for (InitialFile file : plan.initialFiles(client).toList()) {
        executor.makeFile(file);
      }
    }
  }

  MixClient client(int number) {
    return new MixClient(plan.stream(number));
  }

  Worker worker() {
    return new Worker(executor, target);
  }

  /** All operations alike; empty files, and files of more than one block. */
  static Workload everything() {
    Map<FileOperation, Double> weights =
        Arrays.stream(FileOperation.values())
            .collect(Collectors.toMap(Function.identity(), operation -> 1.0));
    return workload(weights, 40);
  }

  static Workload workload(Map<FileOperation, Double> weights, int files) {
    return new Workload(
        "test",
        "a test",
        "a test",
        weights,
        new SizeDistribution.Empirical(
            Map.of(
                new ByteSize(0), 1.0, new ByteSize(5_000), 5.0, new ByteSize((1 << 20) + 9), 1.0)),
        new Popularity.Zipf(0.8),
        new PopulationShape(files, 7, 2, false),
        Optional.of(new ByteSize(1_000)));
  }
}
