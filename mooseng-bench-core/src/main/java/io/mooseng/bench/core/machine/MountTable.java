package io.mooseng.bench.core.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The mounts of this process, from {@code /proc/self/mountinfo} (format: proc_pid_mountinfo(5)).
 *
 * @param mounts in the order of mounting; a later one hides an earlier one at the same point
 */
record MountTable(List<Mount> mounts) {

  /**
   * @param device {@code major:minor}
   * @param root the directory of the file system that is mounted
   * @param point where it is mounted
   * @param superOptions options of the file system, for a cgroup v1 its controllers
   */
  record Mount(
      String device, String root, String point, String type, String source, String superOptions) {}

  MountTable {
    mounts = List.copyOf(mounts);
  }

  static MountTable read(SystemFiles files) {
    return parse(files.read("/proc/self/mountinfo").orElse(""));
  }

  static MountTable parse(String text) {
    List<Mount> mounts = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] halves = line.split(" - ", 2);
      String[] left = halves[0].split(" ");
      String[] right = halves.length == 2 ? halves[1].split(" ") : new String[0];
      if (left.length >= 5 && right.length >= 2) {
        mounts.add(
            new Mount(
                left[2],
                unescape(left[3]),
                unescape(left[4]),
                right[0],
                unescape(right[1]),
                right.length > 2 ? right[2] : ""));
      }
    }
    return new MountTable(mounts);
  }

  /** The mount that holds {@code absolute}. */
  Optional<Mount> of(Path absolute) {
    Mount best = null;
    for (Mount mount : mounts) {
      boolean holds = absolute.startsWith(Path.of(mount.point));
      if (holds && (best == null || depth(mount) >= depth(best))) {
        best = mount;
      }
    }
    return Optional.ofNullable(best);
  }

  private static int depth(Mount mount) {
    return Path.of(mount.point).getNameCount();
  }

  /** Space, tab, newline and backslash are written as three octal digits. */
  private static String unescape(String text) {
    return text.replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
