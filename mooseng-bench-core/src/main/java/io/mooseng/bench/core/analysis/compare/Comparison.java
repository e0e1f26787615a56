package io.mooseng.bench.core.analysis.compare;

import io.mooseng.bench.core.analysis.verdict.Verdict;
import java.util.List;

/**
 * What two runs say together.
 *
 * @param base run id
 * @param candidate run id
 * @param paired whether forks were measured in turns, and are compared pair by pair
 * @param acrossHosts whether it sets shares of ceilings beside each other, without verdicts
 * @param adjustment how p were adjusted for many rows
 * @param rows in the order of the candidate
 * @param onlyBase rows the candidate has not
 * @param onlyCandidate rows the base has not
 * @param warnings what must be known to read it, one line each
 */
public record Comparison(
    String base,
    String candidate,
    boolean paired,
    boolean acrossHosts,
    String adjustment,
    List<ComparedRow> rows,
    List<String> onlyBase,
    List<String> onlyCandidate,
    List<String> warnings) {

  public Comparison {
    rows = List.copyOf(rows);
    onlyBase = List.copyOf(onlyBase);
    onlyCandidate = List.copyOf(onlyCandidate);
    warnings = List.copyOf(warnings);
  }

  /** How many rows have this verdict. */
  public long count(Verdict verdict) {
    return rows.stream().filter(row -> row.verdict() == verdict && !row.failed()).count();
  }

  public long failed() {
    return rows.stream().filter(ComparedRow::failed).count();
  }

  /** Rows that seem to be worse: those of them that did not fail. */
  public List<ComparedRow> regressions() {
    return rows.stream()
        .filter(row -> row.verdict() == Verdict.REGRESSION && !row.failed())
        .toList();
  }

  /**
   * The same comparison after its regressions were measured again: those that are not found again
   * are inconclusive.
   *
   * @param again has at least these rows, each judged for itself; what it has besides is not looked
   *     at
   */
  public Comparison repeated(Comparison again) {
    List<ComparedRow> judged =
        rows.stream()
            .map(row -> regressions().contains(row) ? row.repeated(again.row(row)) : row)
            .toList();
    return new Comparison(
        base,
        candidate,
        paired,
        acrossHosts,
        adjustment,
        judged,
        onlyBase,
        onlyCandidate,
        warnings);
  }

  private ComparedRow row(ComparedRow like) {
    return rows.stream()
        .filter(row -> row.key().equals(like.key()))
        .filter(row -> row.failed() || like.metric().equals(row.metric()))
        .findFirst()
        .orElseThrow();
  }
}
