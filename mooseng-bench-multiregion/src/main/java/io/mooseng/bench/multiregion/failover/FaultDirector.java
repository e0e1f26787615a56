package io.mooseng.bench.multiregion.failover;

import io.mooseng.bench.core.link.LinkFault;
import io.mooseng.bench.multiregion.client.ClusterWatch;
import io.mooseng.bench.multiregion.cluster.RegionCluster;
import io.mooseng.bench.multiregion.cluster.RttMatrix;
import io.mooseng.bench.proto.RegionStatusAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Performs the steps of a timeline on a cluster, in a thread of its own, and writes down when. */
final class FaultDirector implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long LOOK_NANOS = 10_000_000;

  /** A step, and when it began and was done, by {@link System#nanoTime}. */
  record Performed(FaultStep step, String region, long beganNanos, long doneNanos) {}

  private final RegionCluster cluster;
  private final ClusterWatch watch;
  private final String leader;
  private final FaultTimeline timeline;
  private final Set<String> broken = new HashSet<>();
  private final List<Performed> performed = new ArrayList<>();
  private final Thread thread;
  private OptionalLong catchUp = OptionalLong.empty();
  private Exception failure;

  /**
   * @param leader who leads when the load begins
   * @param startNanos when the load begins, by {@link System#nanoTime}
   */
  FaultDirector(
      RegionCluster cluster,
      ClusterWatch watch,
      String leader,
      FaultTimeline timeline,
      long startNanos) {
    this.cluster = cluster;
    this.watch = watch;
    this.leader = leader;
    this.timeline = timeline;
    this.thread = new Thread(() -> direct(startNanos), "fault-director");
    thread.setDaemon(true);
    thread.start();
  }

  private void direct(long startNanos) {
    try {
      for (FaultStep step : timeline.steps()) {
        long due = startNanos + step.at().toNanos();
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        long began = System.nanoTime();
        String region = named(step.region());
        perform(step, region);
        performed.add(new Performed(step, region, began, System.nanoTime()));
      }
      if (timeline.lastMend().isPresent()) {
        awaitCatchUp(performed.get(performed.size() - 1).doneNanos());
      }
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  private String named(String role) {
    RttMatrix matrix = cluster.matrix();
    List<String> others =
        matrix.regions().stream()
            .filter(region -> !region.equals(leader))
            .sorted(Comparator.comparingLong(region -> matrix.rttNanos(leader, region)))
            .toList();
    return switch (role) {
      case "leader" -> leader;
      case "nearest" -> others.get(0);
      case "farthest" -> others.get(others.size() - 1);
      default -> cluster.description().region(role).name();
    };
  }

  private void perform(FaultStep step, String region) throws IOException {
    if (step.action().breaks() && step.action() != FaultAction.TRANSFER) {
      broken.add(region);
    }
    switch (step.action()) {
      case KILL -> cluster.kill(region);
      case RESTART -> cluster.restart(region);
      case PAUSE -> cluster.pause(region);
      case RESUME -> cluster.resume(region);
      case TRANSFER -> watch.lead(region, PATIENCE);
      case ISOLATE -> cluster.links().isolate(region, LinkFault.CUT);
      case SLOW -> cluster.links().isolate(region, LinkFault.slow(step.by()));
      case MEND -> cluster.links().isolate(region, LinkFault.NONE);
      case MUTE -> {
        for (String other : cluster.description().names()) {
          if (!other.equals(region)) {
            cluster.links().disturb(region, other, LinkFault.CUT);
          }
        }
      }
    }
  }

  /** Until every region has applied what was committed anywhere when the fault was mended. */
  private void awaitCatchUp(long mendedNanos) {
    long committed = 0;
    for (String region : cluster.description().names()) {
      committed =
          Math.max(
              committed,
              watch.status(region).map(RegionStatusAnswer::getCommittedIndex).orElse(0L));
    }
    long give = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < give) {
      boolean all = true;
      for (String region : cluster.description().names()) {
        long applied = watch.status(region).map(RegionStatusAnswer::getAppliedIndex).orElse(-1L);
        all &= applied >= committed;
      }
      if (all) {
        catchUp = OptionalLong.of(System.nanoTime() - mendedNanos);
        return;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /**
   * Waits until all steps are done.
   *
   * @throws IOException if one could not be performed
   */
  void await() throws IOException {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (failure != null) {
      throw new IOException("a fault could not be made: " + failure.getMessage(), failure);
    }
  }

  /** What was done, once {@link #await} has come back. */
  List<Performed> performed() {
    return performed;
  }

  OptionalLong catchUp() {
    return catchUp;
  }

  /** Makes the cluster whole again, whatever the timeline left broken. */
  @Override
  public void close() throws IOException {
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (String region : broken) {
      cluster.links().isolate(region, LinkFault.NONE);
      if (cluster.runs(region)) {
        cluster.resume(region);
      } else {
        cluster.restart(region);
      }
    }
  }
}
