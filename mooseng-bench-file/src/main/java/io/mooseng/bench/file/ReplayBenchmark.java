package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.execution.OperationExecutor;
import io.mooseng.bench.core.execution.Replay;
import io.mooseng.bench.core.execution.ReplayPlan;
import io.mooseng.bench.core.jmh.SetUpProgress;
import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.load.LoadOutcome;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.workload.mix.InitialFile;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How does a target do with exactly the operations that were recorded elsewhere?
 *
 * <p>One call performs the whole trace of {@code --trace}, on files made anew for it: those its
 * operations need, with the sizes they had. At the pace {@code asap} each client of the trace
 * performs its operations one after the other; at the pace {@code recorded} they start when they
 * did (an open loop), and response times count from then. Operations on one file keep their order.
 *
 * <p>Does not measure a listing of files that no operation of the trace used, for they are not
 * there; nor does content come back: files hold other bytes than those that were recorded.
 */
@Measures(value = OperationKind.MIX, scheduled = true, concurrent = true)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class ReplayBenchmark {

  private static final String RECORDED = "recorded";

  /** When operations start: as they did, or as soon as their client has ended the one before. */
  @Param({RECORDED, "asap"})
  public String pace;

  private ReplayPlan plan;
  private TargetSession.Place place;
  private OperationExecutor executor;

  @Setup(Level.Trial)
  public void readTrace(ConnectedTarget target) {
    Path file = target.session().trace();
    plan = ReplayPlan.read("--trace " + file, file);
  }

  @Setup(Level.Iteration)
  public void makeFiles(ConnectedTarget target) {
    TargetSession session = target.session();
    place = session.newPlace("replay");
    executor =
        new OperationExecutor(target.target(), place.directory(), place.path(), session.seed());
    plan.directories().forEach(path -> session.prepare(() -> executor.makeDirectory(path)));
    SetUpProgress progress = session.progress("files of the trace", plan.files().size());
    for (InitialFile file : plan.files()) {
      session.prepare(() -> executor.makeFile(file));
      progress.step();
    }
  }

  @Benchmark
  public void replay(ConnectedTarget target) throws InterruptedException {
    ReplayLoop loop = new ReplayLoop(plan, new Replay(plan), executor);
    if (pace.equals(RECORDED)) {
      loop.warning().ifPresent(target.session()::warn);
      LoadOutcome outcome = loop.atRecordedTimes();
      target.session().note(outcome);
    } else {
      warnOfLessAtOnce(target.session());
      loop.asSoonAsPossible();
    }
  }

  /** A trace of an open loop has one client, however many of its operations were under way. */
  private void warnOfLessAtOnce(TargetSession session) {
    int clients = plan.activeClients();
    if (plan.mostUnderWay() > clients) {
      session.warn(
          "up to %d operations of the trace were under way at once; at pace=asap its %d clients do one each"
              .formatted(plan.mostUnderWay(), clients));
    }
  }

  @TearDown(Level.Iteration)
  public void removeFiles(ConnectedTarget target) {
    target.session().cleanUp(place.directory());
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(ReplayBenchmark.class, args);
  }
}
