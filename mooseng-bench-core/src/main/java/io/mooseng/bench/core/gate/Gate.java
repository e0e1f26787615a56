package io.mooseng.bench.core.gate;

import io.mooseng.bench.core.analysis.compare.CompareOptions;
import io.mooseng.bench.core.analysis.compare.ComparedRow;
import io.mooseng.bench.core.analysis.compare.Comparer;
import io.mooseng.bench.core.analysis.compare.Comparison;
import io.mooseng.bench.core.analysis.verdict.FamilyRule;
import io.mooseng.bench.core.analysis.verdict.Verdict;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RowKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges a run by a baseline and budgets.
 *
 * <p>A row fails the gate if it is a regression after Holm's adjustment for all rows, <em>and</em>
 * once more when it alone is measured again with fresh forks, at a level of its own of 0.05. Two
 * independent findings are what makes a red build worth looking at.
 */
public final class Gate {

  /** A repetition selects one row, which makes it another workload. */
  private static final Set<String> WORKLOAD = Set.of("workload.hash");

  private final Budgets budgets;
  private final Map<String, Double> noiseFloors;
  private final Set<String> notCompared;

  /**
   * @param noiseFloors by metric; see {@link CompareOptions}
   * @param notCompared hard facts that may differ; see {@link CompareOptions}
   */
  public Gate(Budgets budgets, Map<String, Double> noiseFloors, Set<String> notCompared) {
    this.budgets = budgets;
    this.noiseFloors = Map.copyOf(noiseFloors);
    this.notCompared = Set.copyOf(notCompared);
  }

  /** Measures a row of the candidate again. */
  @FunctionalInterface
  public interface Repetition {
    Comparer.Input repeat(ResultRecord row);
  }

  /**
   * @param paired whether fork f of both runs was measured in one turn
   * @param repetition empty: what Holm's adjustment finds fails the gate
   * @throws io.mooseng.bench.core.analysis.compare.NotComparableException naming the field that
   *     forbids a comparison
   */
  public GateReport judge(
      Comparer.Input baseline,
      Comparer.Input candidate,
      boolean paired,
      Optional<Repetition> repetition) {
    CompareOptions options =
        CompareOptions.defaults()
            .of(budgets::measures)
            .withNoise(noiseFloors)
            .notComparing(notCompared)
            .judgedBy(FamilyRule.HARD);
    Comparison comparison = new Comparer(options).compare(baseline, candidate, paired);
    List<BudgetCheck> checks = budgets.check(candidate.run());
    Map<RowKey, ResultRecord> flagged = new LinkedHashMap<>();
    comparison.rows().stream()
        .filter(row -> row.verdict() == Verdict.REGRESSION && !row.failed())
        .forEach(row -> flagged.put(row.key(), rowOf(candidate, row.key())));
    List<Confirmation> confirmations = new ArrayList<>();
    repetition.ifPresent(
        repeating ->
            flagged
                .values()
                .forEach(
                    row ->
                        confirmations.addAll(
                            confirm(baseline, comparison, row, repeating, options))));
    return new GateReport(comparison, checks, confirmations, repetition.isPresent());
  }

  private static ResultRecord rowOf(Comparer.Input input, RowKey key) {
    return input.run().results().stream()
        .filter(row -> row.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private List<Confirmation> confirm(
      Comparer.Input baseline,
      Comparison first,
      ResultRecord row,
      Repetition repetition,
      CompareOptions options) {
    Comparison again =
        new Comparer(options.judgedBy(FamilyRule.CONFIRMATION).notComparing(WORKLOAD))
            .compare(baseline, repetition.repeat(row), false);
    List<Confirmation> confirmations = new ArrayList<>();
    for (ComparedRow flagged : first.rows()) {
      if (flagged.key().equals(row.key()) && flagged.verdict() == Verdict.REGRESSION) {
        ComparedRow second =
            again.rows().stream()
                .filter(
                    other ->
                        other.key().equals(row.key()) && flagged.metric().equals(other.metric()))
                .findFirst()
                .orElseThrow();
        confirmations.add(new Confirmation(flagged, second));
      }
    }
    return confirmations;
  }
}
