package io.mooseng.bench.core.result;

import io.mooseng.bench.core.model.Fidelity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A whole run, as {@code run.json} holds it.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param finishedAt null while the run has not come to its end
 * @param configuration the effective settings, free-form
 * @param ceilings what the machine can do, by name
 * @param scalability what rows say together of a growing number of clients; empty until the run has
 *     come to its end
 */
public record RunRecord(
    int schemaVersion,
    String runId,
    Instant startedAt,
    Instant finishedAt,
    RunStatus status,
    SortedMap<String, Object> configuration,
    Environment environment,
    SortedMap<String, Ceiling> ceilings,
    List<ResultRecord> results,
    List<ScalabilityRecord> scalability) {

  /** The version of {@code run.json} this program writes; it reads this and all earlier ones. */
  public static final int SCHEMA_VERSION = 4;

  private static final Pattern RUN_ID = Pattern.compile("\\d{8}T\\d{6}Z-[a-z0-9]{1,16}");

  public RunRecord {
    if (schemaVersion != SCHEMA_VERSION) {
      throw new IllegalArgumentException("schemaVersion is " + schemaVersion);
    }
    if (runId == null || !RUN_ID.matcher(runId).matches()) {
      throw new IllegalArgumentException(
          "runId is '" + runId + "'; accepted: such as 20260301T102030Z-a1b2c3");
    }
    Frozen.require("startedAt", startedAt);
    Frozen.require("status", status);
    configuration = Frozen.jsonObject(Frozen.require("configuration", configuration));
    Frozen.require("environment", environment);
    ceilings = Frozen.sorted(Frozen.require("ceilings", ceilings));
    results = List.copyOf(Frozen.require("results", results));
    scalability = List.copyOf(Frozen.require("scalability", scalability));
  }

  /** A run that has just begun; until it is finished it counts as interrupted. */
  public static RunRecord begun(RunHeader header) {
    return new RunRecord(
        SCHEMA_VERSION,
        header.runId(),
        header.startedAt(),
        null,
        RunStatus.INTERRUPTED,
        header.configuration(),
        header.environment(),
        Frozen.sorted(Map.of()),
        List.of(),
        List.of());
  }

  /** The same run with this result, in place of the one of the same key if there is one. */
  public RunRecord with(ResultRecord result) {
    List<ResultRecord> more = new ArrayList<>(results);
    int at = keys().indexOf(result.key());
    if (at < 0) {
      more.add(result);
    } else {
      more.set(at, result);
    }
    return copy(finishedAt, status, ceilings, more, scalability);
  }

  /** The same run with these ceilings in place of those it had. */
  public RunRecord withCeilings(Map<String, Ceiling> measured) {
    return copy(finishedAt, status, Frozen.sorted(measured), results, scalability);
  }

  /** The same run with these curves in place of those it had. */
  public RunRecord withScalability(List<ScalabilityRecord> curves) {
    return copy(finishedAt, status, ceilings, results, curves);
  }

  /** The same run at its end; one that would be complete but has a failed row is failed. */
  public RunRecord finished(RunStatus end, Instant at) {
    boolean failed = end == RunStatus.COMPLETE && anyFailed();
    return copy(at, failed ? RunStatus.FAILED : end, ceilings, results, scalability);
  }

  public boolean anyFailed() {
    return results.stream().anyMatch(result -> result.status() == ResultStatus.FAILED);
  }

  /** The fidelities that occur; more than one means rows that must not be compared. */
  public Set<Fidelity> fidelities() {
    return results.stream()
        .map(ResultRecord::fidelity)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<RowKey> keys() {
    return results.stream().map(ResultRecord::key).toList();
  }

  private RunRecord copy(
      Instant end,
      RunStatus newStatus,
      SortedMap<String, Ceiling> limits,
      List<ResultRecord> rows,
      List<ScalabilityRecord> curves) {
    return new RunRecord(
        schemaVersion,
        runId,
        startedAt,
        end,
        newStatus,
        configuration,
        environment,
        limits,
        rows,
        curves);
  }
}
