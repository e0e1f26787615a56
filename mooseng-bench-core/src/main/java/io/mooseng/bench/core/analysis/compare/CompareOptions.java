package io.mooseng.bench.core.analysis.compare;

import io.mooseng.bench.core.analysis.ForkValues;
import io.mooseng.bench.core.analysis.verdict.FamilyRule;
import io.mooseng.bench.core.analysis.verdict.Rule;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a comparison was asked for.
 *
 * @param measures what is compared of each row
 * @param rule how rows are judged
 * @param noiseFloors changes by metric that this machine shows without a cause, as shares; where
 *     twice that is above the threshold of a measure, it takes its place
 * @param acrossHosts whether to compare shares of ceilings between machines, without verdicts
 * @param notCompared hard facts of the environment that may differ, since who started the runs
 *     knows why
 */
public record CompareOptions(
    Measures measures,
    Rule rule,
    Map<String, Double> noiseFloors,
    boolean acrossHosts,
    Set<String> notCompared) {

  public static final double DEFAULT_THRESHOLD = 0.03;

  /** What is compared of a row that is in both runs. */
  @FunctionalInterface
  public interface Measures {
    List<Measure> of(ResultRecord base, ResultRecord candidate);
  }

  public CompareOptions {
    noiseFloors = Map.copyOf(noiseFloors);
    notCompared = Set.copyOf(notCompared);
  }

  /** Primary metrics at 3 %, for a report. */
  public static CompareOptions defaults() {
    return of(List.of(), DEFAULT_THRESHOLD);
  }

  /**
   * For a report.
   *
   * @param metrics by name; empty: the primary metric of each row
   * @param threshold the smallest change that matters, as a share
   */
  public static CompareOptions of(List<String> metrics, double threshold) {
    Measures measures =
        (base, candidate) ->
            (metrics.isEmpty() ? List.of(primaryMetric(base, candidate)) : metrics)
                .stream().map(metric -> new Measure(metric, threshold)).toList();
    return new CompareOptions(measures, FamilyRule.REPORT, Map.of(), false, Set.of());
  }

  /** Iterations of one side may be too short for a median: both have a throughput. */
  public static String primaryMetric(ResultRecord base, ResultRecord candidate) {
    String one = ForkValues.primaryMetric(base);
    return one.equals(ForkValues.primaryMetric(candidate)) ? one : Metrics.THROUGHPUT;
  }

  /** The same with another rule. */
  public CompareOptions judgedBy(Rule other) {
    return new CompareOptions(measures, other, noiseFloors, acrossHosts, notCompared);
  }

  /** The same of other measures. */
  public CompareOptions of(Measures other) {
    return new CompareOptions(other, rule, noiseFloors, acrossHosts, notCompared);
  }

  /** The same on a machine that shows these changes without a cause. */
  public CompareOptions withNoise(Map<String, Double> floors) {
    return new CompareOptions(measures, rule, floors, acrossHosts, notCompared);
  }

  /** The same between machines. */
  public CompareOptions betweenHosts() {
    return new CompareOptions(measures, rule, noiseFloors, true, notCompared);
  }

  /** The same for runs in which these facts may differ. */
  public CompareOptions notComparing(Set<String> facts) {
    return new CompareOptions(measures, rule, noiseFloors, acrossHosts, facts);
  }

  /** The smallest change that matters on this machine. */
  double thresholdOf(Measure measure) {
    return Math.max(measure.threshold(), 2 * noiseFloors.getOrDefault(measure.metric(), 0.0));
  }
}
