package io.mooseng.bench.core.report;

import io.mooseng.bench.core.analysis.SoakTrend;
import io.mooseng.bench.core.analysis.test.MonotoneTrend;
import io.mooseng.bench.core.result.SoakSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a long run showed, for the terminal: a line for every trend, by row. */
public final class SoakText {

  private SoakText() {}

  /**
   * The lines.
   *
   * @param rows the samples of each row, in order
   */
  public static List<String> of(List<List<SoakSample>> rows) {
    List<String> lines = new ArrayList<>();
    for (List<SoakSample> samples : rows) {
      lines.add(Style.plain(head(samples)));
      verdicts(samples).forEach(line -> lines.add("  " + line));
    }
    return lines;
  }

  private static String head(List<SoakSample> samples) {
    SoakSample first = samples.get(0);
    SoakSample last = samples.get(samples.size() - 1);
    return "%s %s: %d %s in %s"
        .formatted(
            first.benchmark().substring(first.benchmark().lastIndexOf('.', dot(first)) + 1),
            first.params().entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining(" ")),
            samples.size(),
            samples.size() == 1 ? "window" : "windows",
            time(Duration.between(first.from(), last.until())));
  }

  private static int dot(SoakSample sample) {
    return sample.benchmark().lastIndexOf('.') - 1;
  }

  private static List<String> verdicts(List<SoakSample> samples) {
    List<String> lines = new ArrayList<>();
    Map<String, List<String>> others = new LinkedHashMap<>();
    for (SoakTrend trend : SoakTrend.of(samples)) {
      if (trend.found()) {
        lines.add(verdict(trend));
      } else {
        others
            .computeIfAbsent(why(trend), reason -> new ArrayList<>())
            .add(trend.tested() ? trend.metric() : trend.metric() + " (" + trend.windows() + ")");
      }
    }
    others.forEach((reason, metrics) -> lines.add(reason + String.join(", ", metrics)));
    return lines;
  }

  private static String why(SoakTrend trend) {
    return trend.tested()
        ? "no trend: "
        : "too few windows for a trend (%d are needed): ".formatted(MonotoneTrend.LEAST_VALUES);
  }

  /** For instance {@code latency.p99 rose by 310 us per hour (95 % interval 200 us to 420 us)}. */
  private static String verdict(SoakTrend trend) {
    MonotoneTrend found = trend.trend();
    boolean rose = found.slope() > 0;
    double sign = rose ? 1 : -1;
    double low = Math.min(sign * found.low(), sign * found.high());
    double high = Math.max(sign * found.low(), sign * found.high());
    return "%s %s by %s per hour (95 %% interval %s to %s); %s over %s, median %s: %s"
        .formatted(
            trend.metric(),
            rose ? "rose" : "fell",
            value(trend, sign * found.slope()),
            value(trend, low),
            value(trend, high),
            share(trend),
            time(trend.span()),
            value(trend, trend.median()),
            trend.isWorse() ? "WORSE" : "better");
  }

  private static String share(SoakTrend trend) {
    return trend.median() == 0
        ? value(trend, trend.change())
        : String.format(Locale.ROOT, "%+.1f %%", 100 * trend.change() / Math.abs(trend.median()));
  }

  private static String value(SoakTrend trend, double value) {
    String size =
        trend.unit().equals("ns")
            ? HumanUnits.nanos(Math.abs(value))
            : HumanUnits.number(Math.abs(value)) + " " + trend.unit();
    return value < 0 ? "-" + size : size;
  }

  private static String time(Duration span) {
    long seconds = Math.round(span.toMillis() / 1e3);
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
  }
}
