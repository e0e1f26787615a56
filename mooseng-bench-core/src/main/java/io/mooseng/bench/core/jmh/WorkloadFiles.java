package io.mooseng.bench.core.jmh;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Files of workloads and traces that a fork reads or writes; null where there is none.
 *
 * @param workloads workloads of the user's own
 * @param recordTo where the operations of a mix are written down; not there yet
 * @param trace operations to be performed again
 */
record WorkloadFiles(String workloads, String recordTo, String trace) {

  static final WorkloadFiles NONE = new WorkloadFiles(null, null, null);

  static WorkloadFiles of(Optional<Path> workloads, Optional<Path> recordTo, Optional<Path> trace) {
    return new WorkloadFiles(text(workloads), text(recordTo), text(trace));
  }

  private static String text(Optional<Path> file) {
    return file.map(path -> path.toAbsolutePath().toString()).orElse(null);
  }

  static Optional<Path> path(String text) {
    return Optional.ofNullable(text).map(Path::of);
  }
}
