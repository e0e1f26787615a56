package io.mooseng.bench.multiregion.failover;

import io.grpc.Status;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.multiregion.client.ClusterWatch;
import io.mooseng.bench.multiregion.client.ConsistencyModel;
import io.mooseng.bench.multiregion.client.DirectoryNames;
import io.mooseng.bench.multiregion.cluster.RegionCluster;
import io.mooseng.bench.multiregion.consistency.Promise;
import io.mooseng.bench.multiregion.consistency.RecordedRegisters;
import io.mooseng.bench.multiregion.consistency.RegisterRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A timeline of faults under a load that comes from all regions at once and does not wait for
 * answers: changes of registers, creations of names that are used once, and linearizable reads, in
 * turn. What happened is recorded, and checked once the cluster is whole again.
 */
public final class FaultRun {

  private static final int REGISTERS = 6;
  private static final int KINDS = Attempt.Kind.values().length;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_NANOS = 100_000_000;

  /** Measures an operation of the load, or does not. */
  @FunctionalInterface
  public interface Meter {
    /**
     * @param intendedNanos when the operation was to start, by {@link System#nanoTime}
     * @param operation starts it; completes with whether it was answered
     */
    void measure(long intendedNanos, Supplier<CompletableFuture<Boolean>> operation);
  }

  private final RegionCluster cluster;
  private final ClusterWatch watch;
  private final FaultTimeline timeline;
  private final int perSecond;
  private final Duration deadline;
  private final List<Attempt> attempts = Collections.synchronizedList(new ArrayList<>());

  /**
   * @param cluster with a log on disk, if the timeline kills a region
   * @param perSecond operations of all regions together
   * @param deadline of each; later, its outcome is unknown
   */
  public FaultRun(
      RegionCluster cluster,
      ClusterWatch watch,
      FaultTimeline timeline,
      int perSecond,
      Duration deadline) {
    this.cluster = cluster;
    this.watch = watch;
    this.timeline = timeline;
    this.perSecond = perSecond;
    this.deadline = deadline;
  }

  /**
   * What came of it.
   *
   * @param outage parts of the outage
   * @param promise whether the history is linearizable, reads after the end included
   * @param record the history
   * @param text all of it for people, with the times of steps and of leaders
   */
  public record Result(OutageReport outage, Promise promise, RegisterRecord record, String text) {}

  /**
   * Runs the load and the faults; afterwards the cluster is whole.
   *
   * @param leader who leads now
   * @throws IOException if a fault cannot be made, or the cluster does not recover
   * @throws OperationException if the cluster fails before the load begins, or after it
   */
  public Result run(String leader, Meter meter) throws IOException, OperationException {
    List<String> names = cluster.description().names();
    int operations = (int) (perSecond * timeline.length().toMillis() / 1_000);
    List<String> places = new ArrayList<>();
    for (int i = 0; i < operations; i++) {
      places.add(names.get(i % names.size()));
    }
    // One client before the load, and one after it.
    places.add(leader);
    places.add(leader);
    try (RecordedRegisters registers =
        new RecordedRegisters(cluster, leader, places, true, REGISTERS, deadline)) {
      for (int i = 0; i < REGISTERS; i++) {
        int register = i;
        untilDone(() -> registers.write(operations, register));
      }
      return underLoad(registers, operations, leader, meter);
    }
  }

  private Result underLoad(RecordedRegisters registers, int operations, String leader, Meter meter)
      throws IOException, OperationException {
    long start = System.nanoTime();
    List<LeadershipLog.Sight> sights;
    List<FaultDirector.Performed> performed;
    FaultDirector director = new FaultDirector(cluster, watch, leader, timeline, start);
    long end;
    try (director;
        LeadershipLog log = new LeadershipLog(watch, cluster.description().names())) {
      List<CompletableFuture<Boolean>> pending = offer(registers, operations, start, meter);
      director.await();
      CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new)).join();
      end = System.nanoTime();
      sights = log.sights();
      performed = director.performed();
    }
    String leads = watch.awaitLeader(PATIENCE);
    for (int i = 0; i < REGISTERS; i++) {
      int register = i;
      untilDone(
          () -> registers.read(operations + 1, register, ConsistencyModel.LINEARIZABLE, leads));
    }
    Promise promise = Promise.judge(registers.record(), ConsistencyModel.LINEARIZABLE);
    long fault =
        performed.stream()
            .filter(step -> step.step().action().breaks())
            .findFirst()
            .orElseThrow()
            .beganNanos();
    Outage outage =
        Outage.of(
            fault,
            end,
            List.copyOf(attempts),
            sights,
            director.catchUp(),
            DirectoryNames.of(cluster, leads, registers.directory()));
    String text = text(start, performed, sights, outage, promise);
    return new Result(OutageReport.of(outage), promise, registers.record(), text);
  }

  private List<CompletableFuture<Boolean>> offer(
      RecordedRegisters registers, int operations, long start, Meter meter) {
    List<CompletableFuture<Boolean>> pending = new ArrayList<>();
    int regions = cluster.description().names().size();
    for (int i = 0; i < operations; i++) {
      long intended = start + i * 1_000_000_000L / perSecond;
      for (long now = System.nanoTime(); now < intended; now = System.nanoTime()) {
        LockSupport.parkNanos(intended - now);
      }
      int client = i;
      Attempt.Kind kind = Attempt.Kind.values()[i / regions % KINDS];
      int register = i / regions / KINDS % REGISTERS;
      CompletableFuture<Boolean> answered = new CompletableFuture<>();
      pending.add(answered);
      meter.measure(
          intended,
          () -> {
            call(registers, client, kind, register, intended)
                .whenComplete((done, never) -> answered.complete(never == null && done));
            return answered;
          });
    }
    return pending;
  }

  private CompletableFuture<Boolean> call(
      RecordedRegisters registers, int client, Attempt.Kind kind, int register, long intended) {
    Optional<String> name =
        kind == Attempt.Kind.CREATE ? Optional.of("n" + client) : Optional.empty();
    CompletableFuture<?> call =
        switch (kind) {
          case WRITE -> registers.write(client, register);
          case CREATE -> registers.create(client, name.get());
          case READ ->
              registers.read(
                  client, register, ConsistencyModel.LINEARIZABLE, registers.region(client));
        };
    return call.handle(
        (answer, failure) -> {
          Attempt.Ending ending =
              failure == null ? Attempt.Ending.DONE : ending(RecordedRegisters.codeOf(failure));
          attempts.add(
              new Attempt(
                  registers.region(client), kind, intended, System.nanoTime(), ending, name));
          return ending == Attempt.Ending.DONE;
        });
  }

  private static Attempt.Ending ending(Status.Code code) {
    return switch (code) {
      case ALREADY_EXISTS -> Attempt.Ending.DONE_BEFORE;
      case NOT_FOUND, FAILED_PRECONDITION, INVALID_ARGUMENT -> Attempt.Ending.REFUSED;
      default -> Attempt.Ending.UNKNOWN;
    };
  }

  /**
   * Does something of which the load is no part, again and again until it succeeds: who leads may
   * change again while a region that was gone comes back.
   */
  private static void untilDone(Supplier<CompletableFuture<?>> call) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        call.get().get();
        return;
      } catch (ExecutionException e) {
        if (System.nanoTime() > end) {
          throw new IOException(e.getCause().getMessage(), e);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }

  private String text(
      long start,
      List<FaultDirector.Performed> performed,
      List<LeadershipLog.Sight> sights,
      Outage outage,
      Promise promise) {
    record Line(long nanos, String text) {}
    List<Line> lines = new ArrayList<>();
    for (FaultDirector.Performed step : performed) {
      String what = step.step().action().label() + " " + step.region();
      lines.add(new Line(step.beganNanos(), what));
      lines.add(new Line(step.doneNanos(), what + ": done"));
    }
    sights.forEach(sight -> lines.add(new Line(sight.nanos(), sight.toString())));
    lines.sort((one, other) -> Long.compare(one.nanos(), other.nanos()));
    StringBuilder text = new StringBuilder(timeline.name()).append(" on ");
    text.append(cluster.matrix().name()).append(", ").append(perSecond).append(" op/s\n");
    for (Line line : lines) {
      long millis = Math.max(0, line.nanos() - start) / 1_000_000;
      text.append("%7d ms  %s%n".formatted(millis, line.text()));
    }
    text.append(outage.describe()).append(promise.text()).append('\n');
    return text.toString();
  }
}
