package io.mooseng.bench.core.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.Environment;
import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.ForkRecord;
import io.mooseng.bench.core.result.IterationRecord;
import io.mooseng.bench.core.result.LatencySummary;
import io.mooseng.bench.core.result.NetworkRecord;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RowHeader;
import io.mooseng.bench.core.result.RunHeader;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.result.RunStatus;
import io.mooseng.bench.core.result.TargetRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class RegionFiguresTest {

  private static final Instant STARTED = Instant.parse("2026-03-01T10:20:30Z");

  /** Thirty operations of one latency, one MiB each. */
  private static ResultRecord row(
      Map<String, String> params, long latencyNanos, Map<Quantity, Double> values) {
    Histogram latency = new Histogram(3);
    latency.recordValueWithCount(latencyNanos, 30);
    TreeMap<String, Double> named = new TreeMap<>();
    values.forEach((quantity, value) -> named.put(quantity.label(), value));
    IterationRecord iteration =
        new IterationRecord(
            0,
            30,
            Map.of(),
            30L << 20,
            0,
            30 * latencyNanos,
            LatencySummary.of(latency),
            new TreeMap<>(),
            named);
    return ResultRecord.measured(
        RowHeader.of(
            "io.mooseng.bench.multiregion.SomeBenchmark.call",
            "avgt",
            params,
            Fidelity.EMBEDDED,
            null,
            new TargetRecord("embedded", "a system", null),
            NetworkRecord.none()),
        List.of(
            ForkMeasurement.of(new ForkRecord(0, null, List.of(iteration)), latency, Map.of())));
  }

  private static String report(List<ResultRecord> rows) {
    RunRecord run =
        RunRecord.begun(
            new RunHeader(STARTED, "a1", new TreeMap<>(), Environment.of(Map.of(), Map.of())));
    for (ResultRecord row : rows) {
      run = run.with(row);
    }
    RunRecord ended = run.finished(RunStatus.COMPLETE, STARTED.plusSeconds(1));
    return HtmlReport.of(List.of(new ReportedRun(ended, Optional.empty())));
  }

  private static Map<String, String> at(String regions, String client) {
    return Map.of("regions", regions, "client", client);
  }

  @Test
  void regionsAndClientsAreAMatrixWhoseShadesFollowTheNumbers() {
    List<ResultRecord> rows = new ArrayList<>();
    rows.add(row(at("local", "leader"), 1_000_000, Map.of()));
    rows.add(row(at("local", "farthest"), 2_000_000, Map.of()));
    rows.add(row(at("wide", "leader"), 10_000_000, Map.of()));
    rows.add(row(at("wide", "farthest"), 100_000_000, Map.of()));
    String table = report(rows).replaceAll("(?s).*<h4>Median latency by client", "");
    table = table.substring(0, table.indexOf("</table>"));
    assertThat(table).contains("client=leader", "client=farthest", "regions=local", "regions=wide");
    assertThat(table).contains("class=\"h0\">1", "class=\"h5\">100 ms");
    assertThat(table.split("<td ", -1)).hasSize(5);
  }

  @Test
  void whatWasNotMeasuredHasNoShade() {
    List<ResultRecord> rows =
        List.of(
            row(at("local", "leader"), 1_000_000, Map.of()),
            row(at("wide", "farthest"), 2_000_000, Map.of()));
    assertThat(report(rows)).contains("<td>-</td><td class=\"h5\">");
  }

  @Test
  void shadesAreLogarithmic() {
    assertThat(RegionMatrix.shade(1, 1, 1_000_000)).isZero();
    assertThat(RegionMatrix.shade(9, 1, 1_000_000)).isZero();
    assertThat(RegionMatrix.shade(11, 1, 1_000_000)).isEqualTo(1);
    assertThat(RegionMatrix.shade(1_000_000, 1, 1_000_000)).isEqualTo(5);
    assertThat(RegionMatrix.shade(7, 7, 7)).isZero();
  }

  @Test
  void rowsWithoutRegionsHaveNeither() {
    String report =
        report(
            List.of(
                row(Map.of("client", "a"), 1_000, Map.of()),
                row(Map.of("client", "b"), 2_000, Map.of())));
    assertThat(report)
        .doesNotContain("class=\"heat\"", "After a fault", "Bandwidth by round-trip time");
  }

  @Test
  void anOutageIsDrawnFromNoWriteToALeader() {
    Map<Quantity, Double> outage =
        Map.of(
            Quantity.WRITE_GAP, 2e9,
            Quantity.READ_GAP, 1e9,
            Quantity.FAULT_DETECTION, 0.5e9,
            Quantity.ELECTION_GAP, 1.5e9);
    String report =
        report(
            List.of(
                row(Map.of("regions", "local", "fault", "kill-leader"), 1_000, outage),
                row(Map.of("regions", "local", "fault", "none"), 1_000, Map.of())));
    String figure = report.substring(report.indexOf("<figcaption>After a fault"));
    figure = figure.substring(0, figure.indexOf("</figure>"));
    assertThat(figure).contains(">d</text>", ">l</text>", "fault=kill-leader");
    assertThat(figure).doesNotContain("fault=none");
    assertThat(figure.split("class=\"c0 bars\"", -1)).hasSize(3);
  }

  @Test
  void bandwidthStandsBelowWhatTheWindowAllows() {
    Map<Quantity, Double> near = Map.of(Quantity.WINDOW_RTT, 1e6, Quantity.WINDOW_CEILING, 2e9);
    Map<Quantity, Double> far = Map.of(Quantity.WINDOW_RTT, 1e8, Quantity.WINDOW_CEILING, 2e7);
    String report =
        report(
            List.of(
                row(Map.of("size", "1MB", "network", "lan"), 1_000_000, near),
                row(Map.of("size", "1MB", "network", "wan"), 100_000_000, far)));
    assertThat(report)
        .contains("<figcaption>Bandwidth by round-trip time", "ceiling: window / RTT");
  }
}
