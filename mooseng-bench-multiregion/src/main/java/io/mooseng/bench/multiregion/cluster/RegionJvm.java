package io.mooseng.bench.multiregion.cluster;

import io.mooseng.bench.core.machine.CollectorChoice;
import java.util.ArrayList;
import java.util.List;

/**
 * How the JVM of a region is set up, on a machine that all regions share.
 *
 * <p>A region lives for a minute or less. Where there are fewer processors than regions and their
 * compilers can keep busy, most of that minute went into compiling: a write took 6 ms after 3,000
 * of them, and 3 ms after 300 with these options (2 processors, three regions).
 *
 * @param processors of the machine
 * @param collectorChosen whether the environment says how every JVM collects garbage: it may be
 *     said once only
 */
record RegionJvm(int processors, boolean collectorChosen) {

  /**
   * Without it, a machine of two processors has a common pool of one thread, and {@link
   * java.util.concurrent.CompletableFuture} then starts a thread for each task that names no
   * executor: in Ratis 3.3, one for each entry that a follower appends.
   */
  private static final int LEAST_PARALLELISM = 2;

  /** One for the compiler of a region, and one for what the region does. */
  private static final int PROCESSORS_OF_A_REGION = 2;

  /** For this machine. */
  static RegionJvm here() {
    return new RegionJvm(
        Runtime.getRuntime().availableProcessors(), CollectorChoice.isMadeByEnvironment());
  }

  /** Options that come before the main class, for each of {@code regions}. */
  List<String> options(int regions) {
    List<String> options = new ArrayList<>();
    if (processors - 1 < LEAST_PARALLELISM) {
      options.add("-Djava.util.concurrent.ForkJoinPool.common.parallelism=" + LEAST_PARALLELISM);
    }
    if (processors < regions * PROCESSORS_OF_A_REGION) {
      // Only the first compiler, which is some ten times quicker than the second, and sooner.
      options.add("-XX:TieredStopAtLevel=1");
      options.add("-XX:CompileThresholdScaling=0.1");
      if (!collectorChosen) {
        options.add(CollectorChoice.SERIAL);
      }
    }
    return options;
  }
}
