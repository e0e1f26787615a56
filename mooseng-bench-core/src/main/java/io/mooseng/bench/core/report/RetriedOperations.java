package io.mooseng.bench.core.report;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.Metric;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.Percentile;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the summary says of a row in which calls were made again. */
final class RetriedOperations {

  private RetriedOperations() {}

  /**
   * How many calls, after what, and the latency of operations that succeeded only then, which is
   * not in the columns of the row.
   */
  static Optional<String> remark(ResultRecord result) {
    Double retries = result.valueOrNull(Quantity.RETRIES.label());
    if (retries == null) {
      return Optional.empty();
    }
    String kinds =
        Arrays.stream(FailureKind.values())
            .filter(kind -> result.valueOrNull(Metrics.retries(kind)) != null)
            .map(
                kind ->
                    kind.label()
                        + " "
                        + HumanUnits.number(result.valueOrNull(Metrics.retries(kind))))
            .collect(Collectors.joining(", ", " (", ")"));
    return Optional.of(
        "retries: %s%s; %s"
            .formatted(
                HumanUnits.number(retries), kinds.equals(" ()") ? "" : kinds, successes(result)));
  }

  private static String successes(ResultRecord result) {
    Metric longest = result.metrics().get(Metrics.RETRIED_LATENCY + ".max");
    return longest == null
        ? "no operation succeeded after one"
        : "operations that succeeded after one, apart from the others: %s, p50 %s, p99 %s, max %s"
            .formatted(
                HumanUnits.number((double) longest.n()),
                time(result, Percentile.P50),
                time(result, Percentile.P99),
                HumanUnits.nanos(longest.value()));
  }

  private static String time(ResultRecord result, Percentile percentile) {
    return HumanUnits.nanos(
        result.valueOrNull(Metrics.percentile(Metrics.RETRIED_LATENCY, percentile)));
  }
}
