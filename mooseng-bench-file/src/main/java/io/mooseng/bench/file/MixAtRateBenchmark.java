package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.execution.Worker;
import io.mooseng.bench.core.load.BlockingOperations;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long do the operations of a realistic mix take when they come at a given rate, whether the
 * target keeps up or not?
 *
 * <p>An open loop: the operations that {@link MixBenchmark} would perform one after the other start
 * by a schedule fixed in advance, each in a thread of its own, and response times count from the
 * intended starts. They are those of one client with all of the files; two that would disturb each
 * other are never under way at once: the second takes another file ({@code workload.displaced}).
 *
 * <p>Does not measure how fast the target can be: {@link MixBenchmark} does.
 */
@Measures(value = OperationKind.MIX, scheduled = true, concurrent = true)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
public class MixAtRateBenchmark {

  @Benchmark
  public void perform(
      MixBenchmark.Client client, MixTrial trial, ConnectedTarget target, OfferedLoad load)
      throws InterruptedException {
    ThreadLocal<Worker> workers = ThreadLocal.withInitial(trial::newWorker);
    BlockingOperations operations =
        new BlockingOperations(
            load.inFlight,
            (index, start) -> client.performNext(workers.get(), start),
            client::begin);
    try (operations) {
      target.session().offer(load.shape(), operations);
    }
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(MixAtRateBenchmark.class, args);
  }
}
