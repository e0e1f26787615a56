package io.mooseng.bench.core.report;

import io.mooseng.bench.core.result.Metric;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.Percentile;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The kinds of operation in a row of a mix, one line each: share, median and tail of successes. */
final class Kinds {

  private static final String PREFIX = "op.";
  private static final String MEDIAN = "." + Percentile.P50.label();

  private Kinds() {}

  /** The lines, most frequent kind first; none for a row that is no mix. */
  static List<String> of(ResultRecord result) {
    List<String> kinds =
        result.metrics().keySet().stream()
            .filter(name -> name.startsWith(PREFIX) && name.endsWith(MEDIAN))
            .map(name -> name.substring(PREFIX.length(), name.length() - MEDIAN.length()))
            .sorted(
                (one, other) -> Long.compare(median(result, other).n(), median(result, one).n()))
            .toList();
    long all = kinds.stream().mapToLong(kind -> median(result, kind).n()).sum();
    int width = kinds.stream().mapToInt(String::length).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (String kind : kinds) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s%s  %5.1f %%  p50 %8s  p99 %8s",
              Style.plain(kind),
              " ".repeat(width - kind.length()),
              100.0 * median(result, kind).n() / all,
              HumanUnits.nanos(result.valueOrNull(name(kind, Percentile.P50))),
              HumanUnits.nanos(result.valueOrNull(name(kind, Percentile.P99)))));
    }
    return lines;
  }

  private static Metric median(ResultRecord result, String kind) {
    return result.metrics().get(name(kind, Percentile.P50));
  }

  private static String name(String kind, Percentile percentile) {
    return Metrics.percentile(PREFIX + kind, percentile);
  }
}
