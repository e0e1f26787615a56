package io.mooseng.bench.core.workload.trace;

import java.time.Instant;
import java.util.Objects;

/**
 * What a trace is of; its first line.
 *
 * @param workload name of the workload, or of the benchmark
 * @param seed of the plan and of the content of files
 * @param clients how many there were; they are numbered from 0
 * @param started the instant from which starts are counted
 */
public record TraceHeader(String workload, long seed, int clients, Instant started) {

  /** The version of the format that is written; it grows with every change of meaning or form. */
  public static final int VERSION = 1;

  public TraceHeader {
    if (workload.isBlank()) {
      throw new IllegalArgumentException("workload has no name");
    }
    if (clients < 1) {
      throw new IllegalArgumentException("clients is " + clients + "; accepted: 1 or more");
    }
    Objects.requireNonNull(started);
  }

  /** The same of more clients, or of less. */
  TraceHeader withClients(int other) {
    return new TraceHeader(workload, seed, other, started);
  }
}
