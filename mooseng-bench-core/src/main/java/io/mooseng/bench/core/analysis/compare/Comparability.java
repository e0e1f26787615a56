package io.mooseng.bench.core.analysis.compare;

import io.mooseng.bench.core.model.Direction;
import io.mooseng.bench.core.result.Metric;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RowKey;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.result.RunStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** Whether two runs may be compared, and what must be known of them if so. */
final class Comparability {

  /** Differences in round-trip time that are not noise. */
  private static final double RTT_TOLERANCE = 0.05;

  private final RunRecord base;
  private final RunRecord candidate;
  private final List<String> warnings = new ArrayList<>();

  private Comparability(RunRecord base, RunRecord candidate) {
    this.base = base;
    this.candidate = candidate;
  }

  /**
   * What must be known to read the comparison, one line each.
   *
   * @throws NotComparableException if the runs are not comparable
   */
  static List<String> check(RunRecord base, RunRecord candidate, CompareOptions options) {
    Comparability check = new Comparability(base, candidate);
    if (!options.acrossHosts()) {
      check.environments(options.notCompared());
    }
    check.networks();
    check.statuses();
    return check.warnings;
  }

  private void environments(Set<String> notCompared) {
    SortedMap<String, String> one = base.environment().hard();
    SortedMap<String, String> other = candidate.environment().hard();
    if (one.isEmpty() || other.isEmpty()) {
      throw new NotComparableException(
          "not comparable: environment.hard: %s has no fingerprint"
              .formatted(one.isEmpty() ? "the base" : "the candidate"));
    }
    for (String field : union(one, other)) {
      String here = one.getOrDefault(field, "missing");
      String there = other.getOrDefault(field, "missing");
      if (!here.equals(there) && !notCompared.contains(field)) {
        throw NotComparableException.field(field, here, there);
      }
    }
    for (String field : union(base.environment().soft(), candidate.environment().soft())) {
      String here = base.environment().soft().getOrDefault(field, "missing");
      String there = candidate.environment().soft().getOrDefault(field, "missing");
      if (!here.equals(there)) {
        warnings.add("%s differs: %s v %s".formatted(field, here, there));
      }
    }
  }

  private static TreeSet<String> union(Map<String, String> one, Map<String, String> other) {
    TreeSet<String> union = new TreeSet<>(one.keySet());
    union.addAll(other.keySet());
    return union;
  }

  /** A row that is there over another network only was measured under other conditions. */
  private void networks() {
    Map<RowKey, String> byRow = new HashMap<>();
    candidate.results().forEach(row -> byRow.put(anyNetwork(row), row.network().label()));
    TreeSet<String> labels = new TreeSet<>();
    candidate.results().forEach(row -> labels.add(row.network().label()));
    for (ResultRecord row : base.results()) {
      String there = byRow.get(anyNetwork(row));
      if (there != null && !labels.contains(row.network().label())) {
        throw NotComparableException.field(
            RowNames.of(row.key()), "network", row.network().label(), there);
      }
    }
  }

  private static RowKey anyNetwork(ResultRecord row) {
    return new RowKey(row.benchmark(), row.jmhMode(), row.params(), "any");
  }

  private void statuses() {
    if (base.status() == RunStatus.INTERRUPTED) {
      warnings.add("the base was interrupted: rows are missing");
    }
    if (candidate.status() == RunStatus.INTERRUPTED) {
      warnings.add("the candidate was interrupted: rows are missing");
    }
  }

  /**
   * Checks two rows of one key.
   *
   * @return what must be known of them, one line each
   * @throws NotComparableException if they are not comparable
   */
  static List<String> check(ResultRecord base, ResultRecord candidate) {
    String row = RowNames.of(base.key());
    if (base.fidelity() != candidate.fidelity()) {
      throw NotComparableException.field(
          row, "fidelity", base.fidelity().label(), candidate.fidelity().label());
    }
    if (!base.network().requested().equals(candidate.network().requested())) {
      throw NotComparableException.field(
          row, "network.requested", base.network().requested(), candidate.network().requested());
    }
    List<String> notes = new ArrayList<>();
    Double here = base.network().rttMinMillis().orElse(null);
    Double there = candidate.network().rttMinMillis().orElse(null);
    if (here != null && there != null && Math.abs(there - here) > RTT_TOLERANCE * here) {
      notes.add("round trip measured: %s ms v %s ms".formatted(here, there));
    }
    return notes;
  }

  /**
   * Checks a metric of two rows.
   *
   * @throws NotComparableException if units or directions differ, or neither way is better
   */
  static void check(RowKey key, String name, Metric base, Metric candidate) {
    String row = RowNames.of(key);
    if (!base.unit().equals(candidate.unit())) {
      throw NotComparableException.field(row, "unit of " + name, base.unit(), candidate.unit());
    }
    if (base.direction() != candidate.direction()) {
      throw NotComparableException.field(
          row, "direction of " + name, base.direction().label(), candidate.direction().label());
    }
    if (base.direction() == Direction.NONE) {
      throw new NotComparableException(
          "not comparable: %s: direction of %s: none: neither way is better".formatted(row, name));
    }
  }
}
