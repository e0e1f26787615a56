package io.mooseng.bench.core.machine;

import io.mooseng.bench.core.machine.MountTable.Mount;
import io.mooseng.bench.core.model.ByteSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the control group of this process lets it use; empty where there is no limit. Formats:
 * Linux' Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst, scheduler/sched-bwc.rst.
 *
 * @param cpus processors' worth of time
 * @param memory the hard limit
 */
public record CgroupLimits(Optional<Double> cpus, Optional<ByteSize> memory) {

  /**
   * Version 1 writes "no limit" as the largest multiple of the page size; real ones are smaller.
   */
  private static final long V1_UNLIMITED = 1L << 60;

  /** Reads the limits of this process: the tightest of its group and the group's ancestors. */
  public static CgroupLimits read(SystemFiles files) {
    String membership = files.read("/proc/self/cgroup").orElse("");
    MountTable mounts = MountTable.read(files);
    Optional<Double> cpus =
        tightest(
            directories(membership, mounts, "").stream()
                .map(directory -> files.read(directory + "/cpu.max").flatMap(CgroupLimits::cpuMax)),
            directories(membership, mounts, "cpu").stream()
                .map(
                    directory ->
                        cpuQuota(
                            files.read(directory + "/cpu.cfs_quota_us"),
                            files.read(directory + "/cpu.cfs_period_us"))));
    Optional<ByteSize> memory =
        tightest(
            directories(membership, mounts, "").stream()
                .map(directory -> files.read(directory + "/memory.max").flatMap(bytes())),
            directories(membership, mounts, "memory").stream()
                .map(
                    directory ->
                        files.read(directory + "/memory.limit_in_bytes").flatMap(bytes())));
    return new CgroupLimits(cpus, memory);
  }

  private static <T extends Comparable<T>> Optional<T> tightest(
      Stream<Optional<T>> v2, Stream<Optional<T>> v1) {
    return Stream.concat(v2, v1).flatMap(Optional::stream).min(Comparator.naturalOrder());
  }

  /** Reads {@code cpu.max} of version 2: quota and period in microseconds, or {@code max}. */
  static Optional<Double> cpuMax(String text) {
    String[] words = text.strip().split("\\s+");
    return words.length == 2
        ? cpuQuota(Optional.of(words[0]), Optional.of(words[1]))
        : Optional.empty();
  }

  /** Reads quota and period in microseconds; a negative quota of version 1 is no limit. */
  static Optional<Double> cpuQuota(Optional<String> quota, Optional<String> period) {
    Optional<Long> quotaMicros = quota.flatMap(CgroupLimits::positive);
    Optional<Long> periodMicros = period.flatMap(CgroupLimits::positive);
    return quotaMicros.flatMap(q -> periodMicros.map(p -> (double) q / p));
  }

  private static Function<String, Optional<ByteSize>> bytes() {
    return text -> positive(text).filter(n -> n < V1_UNLIMITED).map(ByteSize::new);
  }

  private static Optional<Long> positive(String text) {
    try {
      long number = Long.parseLong(text.strip());
      return number > 0 ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty(); // "max", or a number too large to be a limit
    }
  }

  /**
   * The directories of this process's group and of the group's ancestors, deepest first.
   *
   * @param controller of version 1; empty for the one hierarchy of version 2
   */
  static List<String> directories(String membership, MountTable mounts, String controller) {
    for (String line : membership.lines().toList()) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && Arrays.asList(parts[1].split(",")).contains(controller)) {
        return mounts.mounts().stream()
            .filter(mount -> carries(mount, controller))
            .findFirst()
            .map(mount -> ancestry(mount, parts[2]))
            .orElse(List.of());
      }
    }
    return List.of();
  }

  private static boolean carries(Mount mount, String controller) {
    return controller.isEmpty()
        ? mount.type().equals("cgroup2")
        : mount.type().equals("cgroup")
            && Arrays.asList(mount.superOptions().split(",")).contains(controller);
  }

  private static List<String> ancestry(Mount mount, String group) {
    Path root = Path.of(mount.root());
    Path path = Path.of(group);
    // In a container without a cgroup namespace the group is named as the host sees it.
    Path relative = path.startsWith(root) ? root.relativize(path) : Path.of("");
    List<String> directories = new ArrayList<>();
    Path point = Path.of(mount.point());
    for (Path at = point.resolve(relative).normalize();
        at != null && at.startsWith(point);
        at = at.getParent()) {
      directories.add(at.toString());
    }
    return directories;
  }
}
