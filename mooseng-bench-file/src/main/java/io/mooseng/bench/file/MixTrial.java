package io.mooseng.bench.file;

import io.mooseng.bench.core.execution.MixClient;
import io.mooseng.bench.core.execution.OperationExecutor;
import io.mooseng.bench.core.execution.Worker;
import io.mooseng.bench.core.jmh.SetUpProgress;
import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.workload.mix.BoundedWorkload;
import io.mooseng.bench.core.workload.mix.InitialFile;
import io.mooseng.bench.core.workload.mix.WorkloadPlan;
import io.mooseng.bench.core.workload.mix.Workloads;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A workload and its files, made once per trial: each client makes its own, then waits for the
 * others.
 */
@State(Scope.Benchmark)
public class MixTrial {

  /** A share of fallbacks above this makes another mix of it. */
  private static final double MOST_FALLBACKS = 0.01;

  /** Name of the workload; {@code --workloads} adds the user's own. */
  @Param({
    "web-home",
    "ci-cache",
    "media-ingest",
    "ml-training-read",
    "log-append",
    "object-store",
    "metadata-heavy"
  })
  public String workload;

  /** Most bytes of the files that exist at the beginning; there are fewer if they would be more. */
  @Param("1GB")
  public String population;

  private final AtomicBoolean failed = new AtomicBoolean();
  private final AtomicInteger clientsHere = new AtomicInteger();
  private final AtomicLong planned = new AtomicLong();
  private final AtomicLong fallbacks = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private TargetSession session;
  private WorkloadPlan plan;
  private OperationExecutor executor;
  private SetUpProgress progress;
  private CountDownLatch clientsLeft;

  /**
   * A client takes part: makes its files, and waits until all clients have.
   *
   * @param client from 0
   */
  MixClient join(ConnectedTarget target, int client, int clients) {
    try {
      prepare(target, clients);
      plan.initialFiles(client).forEach(this::make);
    } catch (RuntimeException e) {
      failed.set(true);
      throw e;
    } finally {
      if (clientsLeft != null) {
        clientsLeft.countDown();
      }
    }
    awaitOthers();
    return new MixClient(plan.stream(client));
  }

  private synchronized void prepare(ConnectedTarget target, int clients) {
    if (failed.get()) {
      throw otherFailed();
    }
    if (executor != null) {
      return;
    }
    session = target.session();
    clientsLeft = new CountDownLatch(clients);
    clientsHere.set(clients);
    BoundedWorkload bounded =
        BoundedWorkload.of(
            Workloads.load(session.workloads()).named(workload),
            session.seed(),
            clients,
            ByteSize.parse(population));
    bounded.warning().ifPresent(session::warn);
    plan = new WorkloadPlan(bounded.workload(), session.seed(), clients);
    OperationExecutor made =
        new OperationExecutor(target.target(), target.directory(), target.path(), session.seed());
    plan.directories().forEach(path -> session.prepare(() -> made.makeDirectory(path)));
    progress = session.progress("files of " + workload, plan.workload().population().files());
    executor = made;
  }

  private void make(InitialFile file) {
    if (failed.get()) {
      throw otherFailed();
    }
    session.prepare(() -> executor.makeFile(file));
    synchronized (this) {
      progress.step();
    }
  }

  private void awaitOthers() {
    try {
      clientsLeft.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during set-up", e);
    }
    if (failed.get()) {
      throw otherFailed();
    }
  }

  private static IllegalStateException otherFailed() {
    return new IllegalStateException("set-up failed in another client");
  }

  Worker newWorker() {
    return executor.newWorker();
  }

  /** A client ends; the last one says how far the operations were not those of the mix. */
  void leave(MixClient client) {
    planned.addAndGet(client.stream().counts().planned());
    fallbacks.addAndGet(client.stream().counts().fallbacks());
    lost.addAndGet(client.stream().counts().lost());
    if (clientsHere.decrementAndGet() == 0) {
      warn();
    }
  }

  private void warn() {
    if (fallbacks.get() > MOST_FALLBACKS * planned.get()) {
      session.warn(
          String.format(
              Locale.ROOT,
              "not the mix: %.1f %% of operations wrote a new file, since none was left to use",
              100.0 * fallbacks.get() / planned.get()));
    }
    if (lost.get() > 0) {
      session.warn(
          String.format(
              Locale.ROOT,
              "%,d files were given up after operations that may or may not have changed them",
              lost.get()));
    }
  }
}
