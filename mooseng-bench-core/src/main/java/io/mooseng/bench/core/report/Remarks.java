package io.mooseng.bench.core.report;

import io.mooseng.bench.core.result.Metric;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.Plausibility;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.ResultStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What must be said of a row besides its columns, one line each. */
public final class Remarks {

  private Remarks() {}

  /** The lines without marks of any kind; failures and implausible values first. */
  public static List<String> of(ResultRecord result) {
    return of(result, new Style(false));
  }

  static List<String> of(ResultRecord result, Style style) {
    List<String> remarks = new ArrayList<>();
    if (result.status() == ResultStatus.FAILED) {
      String failure = result.failure().kind().label() + ": " + result.failure().message();
      remarks.add(style.alarm("FAILED " + Style.plain(failure)));
    }
    Plausibility plausibility = result.plausibility();
    if (plausibility != null && plausibility.verdict() != Plausibility.Verdict.PLAUSIBLE) {
      String text =
          String.format(
              Locale.ROOT,
              "%s: %.2f x the ceiling %s",
              plausibility.verdict().label().toUpperCase(Locale.ROOT),
              plausibility.ratio(),
              Style.plain(plausibility.ceiling()));
      remarks.add(style.alarm(text));
    }
    remarks.addAll(Kinds.of(result));
    result.warnings().forEach(warning -> remarks.add(style.warning(Style.plain(warning))));
    Schedules.remark(result).ifPresent(remarks::add);
    RetriedOperations.remark(result).ifPresent(remarks::add);
    remarks.addAll(Setbacks.of(result));
    remarks.addAll(NetworkFacts.of(result));
    remarks.addAll(RegionFacts.of(result));
    Metric score = result.metrics().get(Metrics.JMH_SCORE);
    boolean nothingElse = result.valueOrNull(Metrics.THROUGHPUT) == null;
    if (nothingElse && score != null && score.value() != null) {
      remarks.add(
          "JMH score " + HumanUnits.number(score.value()) + " " + Style.plain(score.unit()));
    }
    return remarks;
  }
}
