package io.mooseng.bench.core.report;

import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The words of one row of the summary.
 *
 * @param mark {@code *} if a note applies, else a space
 * @param params each {@code name=value}
 * @param cells after the parameters, in the order of {@link Columns#HEADINGS}
 * @param remarks lines below the row
 */
record Row(char mark, List<String> params, List<String> cells, List<String> remarks) {

  /**
   * Rows of one benchmark; the mode is only shown where it tells rows apart.
   *
   * @param common parameters shown once for all of them
   */
  static List<Row> ofGroup(List<ResultRecord> group, Map<String, String> common, Style style) {
    boolean modes =
        group.stream().map(ResultRecord::jmhMode).filter(Objects::nonNull).distinct().count() > 1;
    return group.stream().map(result -> of(result, common, modes, style)).toList();
  }

  private static Row of(
      ResultRecord result, Map<String, String> common, boolean withMode, Style style) {
    Map<String, String> own = new TreeMap<>(result.params());
    own.keySet().removeAll(common.keySet());
    List<String> params = new ArrayList<>();
    own.forEach((name, value) -> params.add(param(name, value)));
    if (withMode && result.jmhMode() != null) {
      params.add("mode=" + result.jmhMode());
    }
    return new Row(
        Notes.oneFork(result) ? '*' : ' ', params, cells(result), Remarks.of(result, style));
  }

  static String param(String name, String value) {
    return Style.plain(name + "=" + value);
  }

  private static List<String> cells(ResultRecord result) {
    return List.of(
        HumanUnits.nanos(result.valueOrNull(Metrics.LATENCY_P50)),
        HumanUnits.nanos(result.valueOrNull(Metrics.LATENCY_P99)),
        HumanUnits.number(result.valueOrNull(Metrics.THROUGHPUT)),
        HumanUnits.megabytes(result.valueOrNull(Metrics.BANDWIDTH)),
        HumanUnits.number(result.valueOrNull(Metrics.ERRORS)),
        TerminalSummary.label(result.fidelity()),
        Style.plain(network(result)));
  }

  private static String network(ResultRecord result) {
    return result.network().label();
  }
}
