package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.execution.MixClient;
import io.mooseng.bench.core.execution.Worker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.workload.mix.StreamCounts;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * How many operations of a realistic mix get done, and how long does each kind of them take while
 * the others go on?
 *
 * <p>A closed loop: each client thread ({@code -t}) is a client of the workload, with files of its
 * own unless the workload shares them, and performs one operation after the other. What is read,
 * and sizes that are told, are compared with what was written. Operations are recorded together and
 * by kind ({@code op.read}, {@code op.stat}, …); docs/workloads.md says what the workloads are.
 *
 * <p>Does not measure how the target does at a rate it does not choose itself: {@link
 * MixAtRateBenchmark} does; nor that an overwrite reached the disk, for it writes the bytes that
 * are there already.
 */
@Measures(OperationKind.MIX)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MixBenchmark {

  @Benchmark
  public Optional<FailureKind> perform(Client client) {
    return client.mix.performNext(client.worker);
  }

  /** A client thread. */
  @State(Scope.Thread)
  public static class Client {

    private MixClient mix;
    private Worker worker;
    private StreamCounts before;

    @Setup(Level.Trial)
    public void join(MixTrial trial, ConnectedTarget target, ThreadParams threads) {
      mix = trial.join(target, threads.getThreadIndex(), threads.getThreadCount());
      worker = trial.newWorker();
    }

    /** Performs an operation of a schedule. */
    void performNext(Worker own, long intendedStartNanos) {
      mix.performNext(own, intendedStartNanos);
    }

    @Setup(Level.Iteration)
    public void begin() {
      before = mix.stream().counts();
    }

    /** Where the operations of the iteration differ from the mix. */
    @TearDown(Level.Iteration)
    public void count(ConnectedTarget target) {
      StreamCounts now = mix.stream().counts();
      target.session().add(Quantity.FALLBACKS, now.fallbacks() - before.fallbacks());
      target.session().add(Quantity.DISPLACED, now.displaced() - before.displaced());
      target.session().add(Quantity.LOST_FILES, now.lost() - before.lost());
    }

    @TearDown(Level.Trial)
    public void leave(MixTrial trial) {
      trial.leave(mix);
    }
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(MixBenchmark.class, args);
  }
}
