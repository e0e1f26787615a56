package io.mooseng.bench.core.merge;

import io.mooseng.bench.core.result.Environment;
import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RowKey;
import io.mooseng.bench.core.result.RunHeader;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.result.RunStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * Joins the runs of several load machines that carried out one plan together: a fork of the joined
 * run is that fork of all of them at once. Histograms add up exactly; nothing is averaged.
 */
public final class RunMerge {

  /** The setting that says when the runs were to start. */
  public static final String START_AT = "start-at";

  private static final String WORKLOAD = "workload.hash";

  private final List<Part> parts;

  private RunMerge(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * Runs that can be one.
   *
   * @throws MergeException in one line, if they cannot
   */
  public static RunMerge of(List<Part> parts) {
    if (parts.size() < 2) {
      throw new MergeException("merge needs two runs or more");
    }
    Set<String> ids = new TreeSet<>();
    for (Part part : parts) {
      if (!ids.add(part.run().runId())) {
        throw new MergeException("run " + part.run().runId() + " is given twice");
      }
    }
    requireEqual(parts, WORKLOAD, run -> run.environment().hard().get(WORKLOAD));
    requireEqual(parts, START_AT, run -> run.configuration().get(START_AT));
    RunRecord first = parts.get(0).run();
    if (first.configuration().get(START_AT) == null) {
      throw new MergeException(
          "run %s was not started together with others: --start-at was not given"
              .formatted(first.runId()));
    }
    return new RunMerge(parts);
  }

  private interface Fact {
    Object of(RunRecord run);
  }

  private static void requireEqual(List<Part> parts, String name, Fact fact) {
    RunRecord first = parts.get(0).run();
    for (Part part : parts) {
      if (!Objects.equals(fact.of(first), fact.of(part.run()))) {
        throw new MergeException(
            "runs %s and %s are not of one plan: %s is %s and %s"
                .formatted(
                    first.runId(), part.run().runId(), name, fact.of(first), fact.of(part.run())));
      }
    }
  }

  /** The joined run before its rows; its id is made of theirs, the same whatever their order. */
  public RunHeader header() {
    List<RunRecord> runs = parts.stream().map(Part::run).toList();
    Instant startedAt =
        runs.stream().map(RunRecord::startedAt).min(Instant::compareTo).orElseThrow();
    CRC32 crc = new CRC32();
    runs.stream()
        .map(RunRecord::runId)
        .sorted()
        .forEach(id -> crc.update(id.getBytes(StandardCharsets.UTF_8)));
    Map<String, Object> configuration = new TreeMap<>(runs.get(0).configuration());
    configuration.put("merged", runs.stream().map(this::origin).toList());
    configuration.put(
        "merged.clocks",
        "each machine's times are by its own clock; offsets between clocks were not measured");
    return new RunHeader(
        startedAt,
        String.format("%08x", crc.getValue()),
        new TreeMap<>(configuration),
        environment(runs));
  }

  private Map<String, Object> origin(RunRecord run) {
    Map<String, Object> origin = new LinkedHashMap<>();
    origin.put("runId", run.runId());
    origin.put("status", run.status().label());
    origin.put("rows", run.results().size());
    origin.put("firstOperationAfterStartAtMillis", firstOperation(run));
    return origin;
  }

  /** Null if nothing was measured. */
  private Long firstOperation(RunRecord run) {
    Part part = parts.stream().filter(one -> one.run() == run).findFirst().orElseThrow();
    Instant at = Instant.parse(String.valueOf(run.configuration().get(START_AT)));
    return part.rows().keySet().stream()
        .flatMap(key -> part.forks(key).values().stream())
        .map(ForkMeasurement::latencyNanos)
        .filter(histogram -> histogram.getTotalCount() > 0)
        .map(histogram -> histogram.getStartTimeStamp())
        .min(Long::compare)
        .map(millis -> Duration.between(at, Instant.ofEpochMilli(millis)).toMillis())
        .orElse(null);
  }

  /** What is not the same everywhere is all of it; a load of two machines compares to no other. */
  private static Environment environment(List<RunRecord> runs) {
    Map<String, String> hard = joined(runs.stream().map(run -> run.environment().hard()).toList());
    hard.put("load.machines", Integer.toString(runs.size()));
    return Environment.of(
        hard, joined(runs.stream().map(run -> run.environment().soft()).toList()));
  }

  private static Map<String, String> joined(List<? extends Map<String, String>> all) {
    Set<String> names = new TreeSet<>();
    all.forEach(facts -> names.addAll(facts.keySet()));
    Map<String, String> joined = new TreeMap<>();
    for (String name : names) {
      joined.put(
          name,
          all.stream()
              .map(facts -> facts.getOrDefault(name, Environment.NONE))
              .distinct()
              .sorted()
              .collect(Collectors.joining(" | ")));
    }
    return joined;
  }

  /** The rows, in the order of the first run that has each. */
  public List<MergedRow> rows() {
    Set<RowKey> keys = new LinkedHashSet<>();
    parts.forEach(part -> keys.addAll(part.rows().keySet()));
    List<MergedRow> rows = new ArrayList<>();
    keys.forEach(key -> rows.add(MergedRow.of(key, parts)));
    requireOneFidelity(rows);
    return rows;
  }

  private void requireOneFidelity(List<MergedRow> rows) {
    for (MergedRow row : rows) {
      RowKey key = row.result().key();
      for (Part part : parts) {
        ResultRecord other = part.row(key).orElse(row.result());
        if (other.fidelity() != row.result().fidelity()) {
          throw new MergeException(
              "%s is %s in run %s and %s in another"
                  .formatted(
                      key.benchmark(),
                      other.fidelity().label(),
                      part.run().runId(),
                      row.result().fidelity().label()));
        }
      }
    }
  }

  /** Interrupted if any was. */
  public RunStatus status() {
    return parts.stream().anyMatch(part -> part.run().status() == RunStatus.INTERRUPTED)
        ? RunStatus.INTERRUPTED
        : RunStatus.COMPLETE;
  }

  /** When the last one ended; of runs that did not, when it began. */
  public Instant finishedAt() {
    return parts.stream()
        .map(Part::run)
        .map(run -> run.finishedAt() == null ? run.startedAt() : run.finishedAt())
        .max(Instant::compareTo)
        .orElseThrow();
  }
}
