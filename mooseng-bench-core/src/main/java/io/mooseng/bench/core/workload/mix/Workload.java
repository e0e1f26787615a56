package io.mooseng.bench.core.workload.mix;

import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.workload.Payload;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A named mix of operations on a population of files.
 *
 * @param description one line for a person: whose life this is
 * @param source where its numbers come from
 * @param weights how often each operation, relative to the others
 * @param sizes of new files, and of those that exist at the beginning
 * @param range bytes of one read-range, overwrite or append; there if one of these occurs
 */
public record Workload(
    String name,
    String description,
    String source,
    Map<FileOperation, Double> weights,
    SizeDistribution sizes,
    Popularity popularity,
    PopulationShape population,
    Optional<ByteSize> range) {

  public Workload {
    if (weights.isEmpty()) {
      throw new IllegalArgumentException("no operations; accepted: " + FileOperation.labels());
    }
    weights = Collections.unmodifiableMap(new EnumMap<>(weights));
    List<FileOperation> writing =
        weights.keySet().stream().filter(operation -> !operation.readOnly()).toList();
    if (population.shared() && !writing.isEmpty()) {
      throw new IllegalArgumentException(
          "operation '%s' changes files, but they are shared; accepted: %s"
              .formatted(writing.get(0).label(), readOnlyLabels()));
    }
    requireRangeWhereUsed(weights, range);
  }

  private static void requireRangeWhereUsed(
      Map<FileOperation, Double> weights, Optional<ByteSize> range) {
    Optional<FileOperation> user =
        weights.keySet().stream().filter(FileOperation::usesRange).findFirst();
    if (user.isPresent() && range.isEmpty()) {
      throw new IllegalArgumentException(
          "operation '%s' needs a range: how many bytes".formatted(user.get().label()));
    }
    if (user.isEmpty() && range.isPresent()) {
      throw new IllegalArgumentException(
          "range is given, but no operation has one: read-range, overwrite, append");
    }
    if (range.filter(size -> size.bytes() < 1 || size.compareTo(Payload.LARGEST) > 0).isPresent()) {
      throw new IllegalArgumentException(
          "range is " + range.get() + "; accepted: 1B to " + Payload.LARGEST);
    }
  }

  private static String readOnlyLabels() {
    return Arrays.stream(FileOperation.values())
        .filter(FileOperation::readOnly)
        .map(FileOperation::label)
        .collect(Collectors.joining(", "));
  }

  /** This workload with another number of initial files. */
  Workload withFiles(int files) {
    PopulationShape other =
        new PopulationShape(
            files, population.filesPerDirectory(), population.depth(), population.shared());
    return new Workload(name, description, source, weights, sizes, popularity, other, range);
  }

  /** The share of an operation among all, from 0 to 1. */
  public double share(FileOperation operation) {
    double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    return weights.getOrDefault(operation, 0.0) / sum;
  }

  /** The operations and their weights, for a person: {@code read 45, stat 30}. */
  public String describeOperations() {
    return weights.entrySet().stream()
        .map(entry -> entry.getKey().label() + " " + Numbers.plain(entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
