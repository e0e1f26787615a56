package io.mooseng.bench.core.analysis.compare;

import io.mooseng.bench.core.analysis.ForkHistograms;
import io.mooseng.bench.core.analysis.ForkValues;
import io.mooseng.bench.core.analysis.Steadiness;
import io.mooseng.bench.core.analysis.compare.ComparedRow.Side;
import io.mooseng.bench.core.analysis.test.MeanTest;
import io.mooseng.bench.core.analysis.test.SignFlipTest;
import io.mooseng.bench.core.analysis.verdict.Rule;
import io.mooseng.bench.core.analysis.verdict.Verdict;
import io.mooseng.bench.core.model.Direction;
import io.mooseng.bench.core.result.Metric;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.ResultStatus;
import io.mooseng.bench.core.result.RowKey;
import io.mooseng.bench.core.result.RunRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Compares two runs row by row, on logarithms of one value per fork. Forks measured in turns are
 * compared pair by pair; those of runs made at different times as two samples (Welch), which knows
 * nothing of what drifted in between.
 */
public final class Comparer {

  private static final double CONFIDENCE = 0.95;
  private static final double POWER = 0.8;

  /** Of a single row; what many rows ask of one lies below their common 0.05. */
  private static final double DETECTION_ALPHA = 0.01;

  private static final long SEED = 1;

  private final CompareOptions options;

  public Comparer(CompareOptions options) {
    this.options = options;
  }

  /** A run and where its histograms are. */
  public record Input(RunRecord run, ForkHistograms histograms) {}

  /**
   * Refuses what no comparison can be of, before there is enough to compare.
   *
   * @throws NotComparableException naming the field that forbids it
   */
  public void requireComparable(RunRecord base, RunRecord candidate) {
    Comparability.check(base, candidate, options);
  }

  /**
   * @param paired whether fork f of both runs was measured in one turn
   * @throws NotComparableException naming the field that forbids it
   */
  public Comparison compare(Input base, Input candidate, boolean paired) {
    List<String> warnings =
        new ArrayList<>(Comparability.check(base.run(), candidate.run(), options));
    Map<RowKey, ResultRecord> baseRows = new LinkedHashMap<>();
    base.run().results().forEach(row -> baseRows.put(row.key(), row));
    List<Pair> pairs = new ArrayList<>();
    List<String> onlyCandidate = new ArrayList<>();
    for (ResultRecord row : candidate.run().results()) {
      ResultRecord before = baseRows.remove(row.key());
      if (before == null) {
        onlyCandidate.add(RowNames.of(row.key()));
      } else {
        pairs.add(new Pair(before, row));
      }
    }
    List<Draft> drafts = drafts(pairs, base, candidate, paired);
    if (drafts.isEmpty()) {
      throw new NotComparableException("not comparable: results: no row is in both runs");
    }
    requireKnownMetrics(drafts);
    return new Comparison(
        base.run().runId(),
        candidate.run().runId(),
        paired,
        options.acrossHosts(),
        options.rule().adjustment(),
        judge(drafts),
        baseRows.keySet().stream().map(RowNames::of).toList(),
        onlyCandidate,
        warnings);
  }

  /** A row of both runs. */
  private record Pair(ResultRecord before, ResultRecord after) {}

  /** What came of a row. */
  private record Attempt(List<Draft> drafts, Optional<NotComparableException> refused) {
    private Stream<Draft> orRefuse() {
      if (refused.isPresent()) {
        throw refused.get();
      }
      return drafts.stream();
    }
  }

  /**
   * Rows are looked at by several threads: they know nothing of each other. If several of them are
   * refused, the first one is told.
   */
  private List<Draft> drafts(List<Pair> pairs, Input base, Input candidate, boolean paired) {
    List<Attempt> attempts =
        pairs.parallelStream().map(pair -> attempt(pair, base, candidate, paired)).toList();
    return attempts.stream().flatMap(Attempt::orRefuse).toList();
  }

  private Attempt attempt(Pair pair, Input base, Input candidate, boolean paired) {
    try {
      List<Draft> drafts = new ArrayList<>();
      for (Measure measure : measures(pair.before(), pair.after())) {
        drafts.add(draft(pair.before(), pair.after(), measure, base, candidate, paired));
      }
      return new Attempt(drafts, Optional.empty());
    } catch (NotComparableException e) {
      return new Attempt(List.of(), Optional.of(e));
    }
  }

  /** A row that fails now is told, whatever was asked of it. */
  private List<Measure> measures(ResultRecord before, ResultRecord after) {
    List<Measure> measures = options.measures().of(before, after);
    boolean silent = measures.isEmpty() && after.status() == ResultStatus.FAILED;
    return silent
        ? List.of(
            new Measure(
                CompareOptions.primaryMetric(before, after), CompareOptions.DEFAULT_THRESHOLD))
        : measures;
  }

  /** A name that no row knows is a slip of the pen. */
  private static void requireKnownMetrics(List<Draft> drafts) {
    Set<String> unknown = new TreeSet<>();
    drafts.forEach(draft -> unknown.add(draft.measure().metric()));
    drafts.stream()
        .filter(draft -> draft.described() != null || draft.blocked() && anyFailed(draft))
        .forEach(draft -> unknown.remove(draft.measure().metric()));
    if (!unknown.isEmpty()) {
      throw new NotComparableException(
          "not comparable: metric %s: no row of both runs has it"
              .formatted(String.join(", ", unknown)));
    }
  }

  private static boolean anyFailed(Draft draft) {
    return draft.base().status() == ResultStatus.FAILED
        || draft.candidate().status() == ResultStatus.FAILED;
  }

  /** A row that waits for the others to be judged. */
  private record Draft(
      ResultRecord base,
      ResultRecord candidate,
      Measure measure,
      Metric described,
      Side before,
      Side after,
      Optional<MeanTest> test,
      Double pPermutation,
      List<String> notes,
      boolean blocked) {}

  private Draft draft(
      ResultRecord before,
      ResultRecord after,
      Measure measure,
      Input base,
      Input candidate,
      boolean paired) {
    String metric = measure.metric();
    List<String> notes = new ArrayList<>(Comparability.check(before, after));
    boolean failed = failure(before, "base", notes) | failure(after, "candidate", notes);
    Metric described = after.metrics().get(metric);
    Metric other = before.metrics().get(metric);
    if (failed || described == null || other == null) {
      if (!failed) {
        notes.add(
            "no " + metric + " on " + (other == null ? "the base's" : "the candidate's") + " side");
      }
      return new Draft(
          before, after, measure, described, null, null, Optional.empty(), null, notes, true);
    }
    Comparability.check(after.key(), metric, other, described);
    Optional<double[]> a = ForkValues.of(before, metric, base.histograms());
    Optional<double[]> b = ForkValues.of(after, metric, candidate.histograms());
    if (a.isEmpty() || b.isEmpty()) {
      notes.add(noValues(a.isEmpty() ? before : after, metric, a.isEmpty() ? base : candidate));
      return new Draft(
          before, after, measure, described, null, null, Optional.empty(), null, notes, true);
    }
    boolean unsteady = unsteady(before, "base", notes) | unsteady(after, "candidate", notes);
    return tested(
        before, after, measure, described, logs(a.get()), logs(b.get()), paired, notes, unsteady);
  }

  private Draft tested(
      ResultRecord before,
      ResultRecord after,
      Measure measure,
      Metric described,
      double[] a,
      double[] b,
      boolean paired,
      List<String> notes,
      boolean unsteady) {
    int sign = described.direction() == Direction.LOWER ? 1 : -1;
    Optional<MeanTest> test = Optional.empty();
    Double permutation = null;
    if (paired && a.length != b.length) {
      throw NotComparableException.field(RowNames.of(after.key()), "forks", a.length, b.length);
    }
    if (a.length >= 2 && b.length >= 2) {
      if (paired) {
        double[] worse = new double[a.length];
        Arrays.setAll(worse, i -> sign * (b[i] - a[i]));
        test = Optional.of(MeanTest.paired(worse));
        boolean isWorse = test.get().mean() >= 0;
        permutation =
            SignFlipTest.pAbove(
                isWorse ? worse : Arrays.stream(worse).map(d -> -d).toArray(), SEED);
      } else {
        test = Optional.of(MeanTest.welch(times(sign, a), times(sign, b)));
      }
    }
    int forks = Math.min(a.length, b.length);
    if (forks < options.rule().leastForks() && !options.acrossHosts()) {
      notes.add(forks + " of at least " + options.rule().leastForks() + " forks");
    }
    return new Draft(
        before,
        after,
        measure,
        described,
        side(a, before),
        side(b, after),
        test,
        permutation,
        notes,
        unsteady);
  }

  private static double[] times(int sign, double[] values) {
    return Arrays.stream(values).map(value -> sign * value).toArray();
  }

  private static boolean failure(ResultRecord row, String which, List<String> notes) {
    if (row.status() == ResultStatus.OK) {
      return false;
    }
    notes.add(
        "failed in the %s: %s: %s"
            .formatted(which, row.failure().kind().label(), row.failure().message()));
    return true;
  }

  private static String noValues(ResultRecord row, String metric, Input input) {
    boolean missing =
        input.histograms() == ForkHistograms.NONE && ForkValues.needsHistograms(row, metric);
    return missing
        ? metric + " by fork needs histograms.hlog beside run.json"
        : metric + " has no value in some fork: too few samples, or 0";
  }

  private static boolean unsteady(ResultRecord row, String which, List<String> notes) {
    Steadiness steadiness = Steadiness.of(row);
    steadiness.warnings().forEach(warning -> notes.add(which + ": " + warning));
    return steadiness.forbidsConclusions();
  }

  private static Side side(double[] logs, ResultRecord row) {
    double mean = Arrays.stream(logs).average().orElseThrow();
    Double halfWidth =
        logs.length < 2
            ? null
            : (Double) StrictMath.expm1(MeanTest.paired(logs).halfWidth(CONFIDENCE));
    Double ofCeiling = row.plausibility() == null ? null : (Double) row.plausibility().ratio();
    return new Side(StrictMath.exp(mean), halfWidth, logs.length, ofCeiling);
  }

  private static double[] logs(double[] values) {
    return Arrays.stream(values).map(StrictMath::log).toArray();
  }

  private List<ComparedRow> judge(List<Draft> drafts) {
    List<Rule.Row> family =
        drafts.stream()
            .map(
                draft ->
                    new Rule.Row(
                        draft.test(),
                        StrictMath.log1p(options.thresholdOf(draft.measure())),
                        draft.blocked()))
            .toList();
    List<Rule.Judged> judged = options.rule().judge(family);
    List<ComparedRow> rows = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      rows.add(row(drafts.get(i), judged.get(i)));
    }
    return rows;
  }

  private ComparedRow row(Draft draft, Rule.Judged judged) {
    Metric described = draft.described();
    boolean across = options.acrossHosts();
    Verdict verdict = across ? null : judged.verdict();
    boolean newlyFailed =
        draft.candidate().status() == ResultStatus.FAILED
            && draft.base().status() == ResultStatus.OK;
    return new ComparedRow(
        draft.candidate().key(),
        draft.candidate().fidelity(),
        described == null ? null : draft.measure().metric(),
        described == null ? null : described.unit(),
        described == null ? Direction.NONE : described.direction(),
        draft.before(),
        draft.after(),
        across ? null : draft.test().map(test -> difference(draft, test, judged)).orElse(null),
        verdict,
        newlyFailed,
        draft.notes());
  }

  /** Back from "worse by so much in logarithms" to "more by such a share". */
  private ComparedRow.Difference difference(Draft draft, MeanTest test, Rule.Judged judged) {
    int sign = draft.described().direction() == Direction.LOWER ? 1 : -1;
    double half = test.halfWidth(CONFIDENCE);
    boolean worse = test.mean() >= 0;
    return new ComparedRow.Difference(
        StrictMath.expm1(sign * test.mean()),
        StrictMath.expm1(sign * test.mean() - half),
        StrictMath.expm1(sign * test.mean() + half),
        worse ? test.pAbove(0) : test.pBelow(0),
        options.rule().isTested(test) && !draft.blocked()
            ? (Double) (worse ? judged.pWorse() : judged.pBetter())
            : null,
        draft.pPermutation(),
        Math.abs(StrictMath.expm1(sign * test.detectable(DETECTION_ALPHA, POWER))),
        options.thresholdOf(draft.measure()),
        options.thresholdOf(draft.measure()) > draft.measure().threshold());
  }
}
