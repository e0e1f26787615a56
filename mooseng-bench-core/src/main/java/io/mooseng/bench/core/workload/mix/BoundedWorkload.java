package io.mooseng.bench.core.workload.mix;

import io.mooseng.bench.core.model.ByteSize;
import java.util.Locale;
import java.util.Optional;

/**
 * A workload whose initial files take no more room than allowed: if they would, there are fewer of
 * them, and all else is as it was.
 *
 * @param workload with as many files as there is room for, but one for each client
 * @param warning one line that says so, if there are fewer
 */
public record BoundedWorkload(Workload workload, Optional<String> warning) {

  private static final double BYTES_PER_MB = 1 << 20;

  /**
   * Bounds a workload.
   *
   * @param seed of the plan, on which the sizes of files depend
   * @param most bytes of all initial files together
   */
  public static BoundedWorkload of(Workload whole, long seed, int clients, ByteSize most) {
    PopulationShape shape = whole.population();
    SizeDistribution.Sampler sizes = whole.sizes().sampler();
    int least = shape.shared() ? 1 : Math.min(clients, shape.files());
    long kept = 0;
    long bytes = 0;
    int files = 0;
    for (int index = 0; index < shape.files(); index++) {
      bytes += WorkloadPlan.initialSize(sizes, seed, index);
      if (bytes <= most.bytes() || index < least) {
        files = index + 1;
        kept = bytes;
      }
    }
    if (files == shape.files()) {
      return new BoundedWorkload(whole, Optional.empty());
    }
    return new BoundedWorkload(
        whole.withFiles(files), Optional.of(warning(files, kept, shape.files(), bytes, most)));
  }

  private static String warning(int files, long kept, int all, long allBytes, ByteSize most) {
    return String.format(
        Locale.ROOT,
        "population cut to %,d of %,d files, %,.1f MB of %,.1f MB, by population=%s",
        files,
        all,
        megabytes(kept),
        megabytes(allBytes),
        most);
  }

  private static double megabytes(long bytes) {
    return bytes / BYTES_PER_MB;
  }
}
