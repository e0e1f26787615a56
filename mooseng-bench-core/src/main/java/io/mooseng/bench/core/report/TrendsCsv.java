package io.mooseng.bench.core.report;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.mooseng.bench.core.analysis.SoakTrend;
import io.mooseng.bench.core.result.RowKey;
import io.mooseng.bench.core.result.SoakSample;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code trends.csv}: one line for every metric of a row that was looked at, in the same form as
 * {@code results.csv}; slopes are per hour, in the unit of the metric.
 */
public final class TrendsCsv {

  private static final String HEAD =
      "benchmark,params,metric,unit,direction,windows,median,slope_per_hour,ci95_lo,ci95_hi,"
          + "p_adjusted,trend\r\n";

  private TrendsCsv() {}

  /**
   * The file.
   *
   * @param rows the samples of each row, in order
   */
  public static String render(List<List<SoakSample>> rows) {
    return HEAD
        + rows.stream()
            .flatMap(
                samples -> SoakTrend.of(samples).stream().map(trend -> line(samples.get(0), trend)))
            .collect(Collectors.joining());
  }

  private static String line(SoakSample row, SoakTrend trend) {
    boolean tested = trend.tested();
    return Stream.of(
            row.benchmark(),
            RowKey.paramsText(row.params()),
            trend.metric(),
            trend.unit(),
            trend.direction().label(),
            Integer.toString(trend.windows()),
            number(trend.median()),
            tested ? number(trend.trend().slope()) : "",
            tested ? number(trend.trend().low()) : "",
            tested ? number(trend.trend().high()) : "",
            tested ? number(trend.p()) : "",
            verdict(trend))
        .map(TrendsCsv::quote)
        .collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String verdict(SoakTrend trend) {
    if (!trend.found()) {
      return trend.tested() ? "none" : "too-few-windows";
    }
    return trend.trend().slope() > 0 ? "rises" : "falls";
  }

  private static String number(double value) {
    return NumberOutput.toString(value, true);
  }

  private static String quote(String field) {
    return field.matches("(?s).*[\",\r\n].*") ? '"' + field.replace("\"", "\"\"") + '"' : field;
  }
}
