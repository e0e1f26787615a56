package io.mooseng.bench.core.jmh;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Files of workloads and traces that a fork reads or writes; null where there is none.
 *
 * @param workloads workloads of the user's own
 * @param recording where the operations of the fork are written down
 * @param trace operations to be performed again
 */
record WorkloadFiles(String workloads, Recording recording, String trace) {

  static final WorkloadFiles NONE = new WorkloadFiles(null, null, null);

  /**
   * A trace that is to be written.
   *
   * @param file not there yet
   * @param what it is of: the name of a workload, or of a benchmark
   */
  record Recording(String file, String what) {

    static Recording of(Path file, String what) {
      return new Recording(file.toAbsolutePath().toString(), what);
    }

    Path path() {
      return Path.of(file);
    }
  }

  static WorkloadFiles of(
      Optional<Path> workloads, Optional<Recording> recording, Optional<Path> trace) {
    return new WorkloadFiles(text(workloads), recording.orElse(null), text(trace));
  }

  private static String text(Optional<Path> file) {
    return file.map(path -> path.toAbsolutePath().toString()).orElse(null);
  }

  static Optional<Path> path(String text) {
    return Optional.ofNullable(text).map(Path::of);
  }
}
