package io.mooseng.bench.multiregion;

import io.mooseng.bench.core.jmh.SessionException;
import io.mooseng.bench.core.jmh.StartedSystem;
import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.link.profile.Networks;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.multiregion.client.ClusterWatch;
import io.mooseng.bench.multiregion.client.WallClocks;
import io.mooseng.bench.multiregion.cluster.LinkPlan;
import io.mooseng.bench.multiregion.cluster.MatrixFile;
import io.mooseng.bench.multiregion.cluster.RegionCluster;
import io.mooseng.bench.multiregion.cluster.RttMatrix;
import io.mooseng.bench.multiregion.cluster.RttPresets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The cluster of a trial, with a leader where the trial wants it, and the target that is its
 * leading region. Started in set-up; ends with the trial, and with the process if that dies.
 */
final class TrialCluster implements AutoCloseable {

  /** Three regions beside each other: what remains is the software. */
  static final String LOCAL = "local";

  /** How the name of a file of the user's ends. */
  static final String YAML = ".yaml";

  private static final Duration ELECTION = Duration.ofSeconds(30);

  /** A cluster that is there already, for tests: starting one takes seconds. */
  private static volatile RegionCluster lent;

  private static volatile InstantSource wallClock = InstantSource.system();

  private final RegionCluster cluster;
  private final ClusterWatch watch;
  private final String leader;
  private final long startNanos;
  private final TargetSession session;
  private WallClocks clocks;

  private TrialCluster(RegionCluster cluster, long sinceNanos) throws IOException {
    this.cluster = cluster;
    this.watch = new ClusterWatch(cluster, wallClock);
    try {
      cluster.matrix().warnings().forEach(line -> System.err.println("warning: " + line));
      watch.awaitLeader(ELECTION);
      this.startNanos = System.nanoTime() - sinceNanos;
      this.leader = cluster.description().names().get(0);
      watch.lead(leader, ELECTION);
      this.session =
          TargetSession.openStarted("mooseng://" + cluster.description().region(leader).address());
      this.clocks = watch.wallClocks();
      clocks.warning().ifPresent(session::warn);
    } catch (IOException | RuntimeException e) {
      watch.close();
      throw e;
    }
  }

  /**
   * Starts a cluster in which the first region leads.
   *
   * @throws SessionException if it does not come up, saying why
   */
  static TrialCluster open(RegionCluster.Options options) {
    RegionCluster borrowed = lent;
    long since = System.nanoTime();
    try {
      RegionCluster cluster =
          borrowed == null ? RegionCluster.start(options.withLinks(links())) : borrowed;
      try {
        StartedSystem.measuredOver(cluster.network());
        if (borrowed == null && !cluster.linkDeviations().isEmpty()) {
          throw StartedSystem.conditionsNotMet(String.join("; ", cluster.linkDeviations()), null);
        }
        return new TrialCluster(cluster, since);
      } catch (IOException | RuntimeException e) {
        if (borrowed == null) {
          cluster.close();
        }
        throw e;
      }
    } catch (IOException e) {
      throw StartedSystem.notStarted("no cluster: " + e.getMessage(), e);
    }
  }

  /** Has the code of the regions compiled, if the cluster was started for this trial. */
  TrialCluster warmedUp() {
    if (lent != cluster) {
      ClusterWarmUp.run(cluster, leader, session);
    }
    return this;
  }

  /** As {@link #warmedUp}, for files and their copies, too. */
  TrialCluster warmedUpForFiles() {
    warmedUp();
    if (lent != cluster) {
      ClusterWarmUp.writeFiles(session);
    }
    return this;
  }

  /** Says that clocks jumped since it was asked last, if they did. */
  private void noteJumps() {
    WallClocks now = watch.wallClocks();
    Optional<String> jump = clocks.jumpUntil(now);
    jump.ifPresent(session::warn);
    // Compared with the first look as long as nothing was found: many small steps are a jump, too.
    clocks = jump.isPresent() ? now : clocks;
  }

  /**
   * Notes how long the cluster took to come up, if it was started for this trial, and clocks that
   * jumped.
   */
  void noteStart() {
    noteJumps();
    if (lent != cluster) {
      session.note(Quantity.CLUSTER_START, startNanos);
    }
  }

  /** As the run asks for them. */
  private static LinkPlan links() {
    StartedSystem.Links asked = StartedSystem.links();
    try {
      return LinkPlan.of(
          asked.backend(),
          asked.conditions().map(new Networks("--network")::path),
          asked.runId(),
          asked.seed());
    } catch (IllegalArgumentException e) {
      throw StartedSystem.conditionsNotMet(e.getMessage(), e);
    }
  }

  /** From now on, trials use this cluster and do not end it; null: each starts its own again. */
  static void lend(RegionCluster cluster) {
    lent = cluster;
  }

  /** As {@link #lend(RegionCluster)}; and trials look at another wall clock. */
  static void lend(RegionCluster cluster, InstantSource clock) {
    lend(cluster);
    wallClock = clock;
  }

  /** The distances a parameter names. */
  static RttMatrix matrix(String regions) {
    if (regions.endsWith(YAML)) {
      return MatrixFile.read("-p regions=" + regions, Path.of(regions));
    }
    return regions.equals(LOCAL)
        ? RttPresets.named(RttPresets.DEFAULT).withoutDistance()
        : RttPresets.named(regions);
  }

  RegionCluster cluster() {
    return cluster;
  }

  ClusterWatch watch() {
    return watch;
  }

  String leader() {
    return leader;
  }

  TargetSession session() {
    return session;
  }

  /** All regions but the leader. */
  List<String> others() {
    return cluster.description().names().stream().filter(name -> !name.equals(leader)).toList();
  }

  /**
   * The region a role means: {@code leader}, or the {@code nearest} or {@code farthest} of the
   * others, seen from the leader.
   */
  String region(String role) {
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
      default -> throw new IllegalArgumentException("role '" + role + "'");
    };
  }

  @Override
  public void close() {
    noteJumps();
    session.close();
    watch.close();
    if (lent != cluster) {
      try {
        cluster.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }
}
