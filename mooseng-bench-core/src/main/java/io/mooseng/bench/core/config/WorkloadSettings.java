package io.mooseng.bench.core.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a run is told of workloads and traces.
 *
 * @param workloads file with workloads of the user's own
 * @param recordTraces whether the operations on files are written down
 * @param trace file of recorded operations, to be performed again
 */
public record WorkloadSettings(
    Optional<Path> workloads, boolean recordTraces, Optional<Path> trace) {

  /** Only what ships with the program, and nothing recorded. */
  public static final WorkloadSettings NONE =
      new WorkloadSettings(Optional.empty(), false, Optional.empty());
}
