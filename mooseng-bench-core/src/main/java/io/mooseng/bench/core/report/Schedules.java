package io.mooseng.bench.core.report;

import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.Optional;

/** What the summary says of a row whose operations had intended starts. */
final class Schedules {

  private Schedules() {}

  /**
   * Response times and lag, which the columns of the row do not show: these are of the operations
   * themselves, from when they started.
   */
  static Optional<String> remark(ResultRecord result) {
    Double asked = result.valueOrNull(Quantity.ASKED_RATE.label());
    if (asked == null) {
      return Optional.empty();
    }
    Double highest = result.valueOrNull(Quantity.MAX_RATE.label());
    return Optional.of(
        "response p50 %s, p99 %s; lag p50 %s, p99.9 %s; started %s of %s op/s%s"
            .formatted(
                time(result, Metrics.RESPONSE_P50),
                time(result, Metrics.RESPONSE_P99),
                time(result, Metrics.LAG_P50),
                time(result, Metrics.LAG_P99_9),
                rate(result.valueOrNull(Quantity.ACHIEVED_RATE.label())),
                rate(asked),
                highest == null ? "" : "; highest rate " + rate(highest) + " op/s"));
  }

  private static String time(ResultRecord result, String metric) {
    return HumanUnits.nanos(result.valueOrNull(metric));
  }

  private static String rate(Double rate) {
    return HumanUnits.number(rate);
  }
}
