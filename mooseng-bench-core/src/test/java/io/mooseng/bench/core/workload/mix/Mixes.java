package io.mooseng.bench.core.workload.mix;

import io.mooseng.bench.core.model.ByteSize;
import java.util.Map;
import java.util.Optional;

/** Workloads for tests. */
final class Mixes {

  /** Every operation there is, often. */
  static final Map<FileOperation, Double> EVERYTHING =
      Map.ofEntries(
          Map.entry(FileOperation.CREATE, 5.0),
          Map.entry(FileOperation.WRITE, 10.0),
          Map.entry(FileOperation.READ, 10.0),
          Map.entry(FileOperation.READ_RANGE, 10.0),
          Map.entry(FileOperation.OVERWRITE, 10.0),
          Map.entry(FileOperation.APPEND, 10.0),
          Map.entry(FileOperation.STAT, 5.0),
          Map.entry(FileOperation.STAT_PATH, 5.0),
          Map.entry(FileOperation.STAT_MISSING, 5.0),
          Map.entry(FileOperation.LIST, 5.0),
          Map.entry(FileOperation.RENAME, 10.0),
          Map.entry(FileOperation.DELETE, 15.0));

  private Mixes() {}

  static Workload of(Map<FileOperation, Double> weights, Popularity popularity, int files) {
    boolean ranges = weights.keySet().stream().anyMatch(FileOperation::usesRange);
    return new Workload(
        "test",
        "a test",
        "a test",
        weights,
        new SizeDistribution.Uniform(new ByteSize(0), new ByteSize(10_000)),
        popularity,
        new PopulationShape(files, 7, 2, false),
        ranges ? Optional.of(new ByteSize(4_096)) : Optional.empty());
  }

  static Workload shared(int files, Popularity popularity) {
    return new Workload(
        "test",
        "a test",
        "a test",
        Map.of(FileOperation.READ, 3.0, FileOperation.STAT, 1.0),
        new SizeDistribution.Uniform(new ByteSize(1), new ByteSize(10_000)),
        popularity,
        new PopulationShape(files, 7, 2, true),
        Optional.empty());
  }

  static Workload only(FileOperation operation, int files) {
    return of(Map.of(operation, 1.0), new Popularity.Uniform(), files);
  }
}
