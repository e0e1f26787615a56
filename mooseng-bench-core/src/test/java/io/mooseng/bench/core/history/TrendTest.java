package io.mooseng.bench.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.Direction;
import io.mooseng.bench.core.report.TrendLines;
import io.mooseng.bench.core.report.html.TrendPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrendTest {

  @Test
  void findsAStepAtItsCommitAndSaysThatItIsWorse() {
    List<Trend> trends = Trend.of(List.of(series("latency.p50", Direction.LOWER, 40, 30, 1.1)));

    assertThat(trends.get(0).changes()).hasSize(1);
    assertThat(trends.get(0).changes().get(0).index()).isEqualTo(30);
    assertThat(TrendLines.of(trends, false))
        .anyMatch(line -> line.contains("WORSE since run30 (commit c30)"));
    assertThat(TrendPage.of(trends)).contains("WORSE since run30", "<svg");
  }

  @Test
  void moreIsBetterOfAThroughput() {
    List<Trend> trends = Trend.of(List.of(series("throughput", Direction.HIGHER, 40, 30, 1.1)));
    assertThat(TrendLines.of(trends, false)).anyMatch(line -> line.contains("better since run30"));
  }

  @Test
  void aQuietSeriesHasNone() {
    List<Trend> trends = Trend.of(List.of(series("latency.p50", Direction.LOWER, 40, 0, 1)));
    assertThat(trends.get(0).changes()).isEmpty();
    assertThat(TrendLines.of(trends, false)).containsExactly("1 series searched, 0 with a change");
    assertThat(TrendLines.of(trends, true)).hasSize(3);
  }

  @Test
  void theSameSeriesGiveTheSameAnswer() {
    List<Series> all = List.of(series("latency.p50", Direction.LOWER, 60, 45, 1.05));
    assertThat(Trend.of(all)).isEqualTo(Trend.of(all));
  }

  @Test
  void aSeriesWithoutLogarithmsIsToldNotSearched() {
    List<Trend> trends = Trend.of(List.of(series("gc.time", Direction.LOWER, 20, 10, 0)));
    assertThat(trends.get(0).found()).isEmpty();
    assertThat(TrendLines.of(trends, true)).anyMatch(line -> line.contains("not searched"));
    assertThat(TrendPage.of(trends)).contains("not searched");
  }

  @Test
  void namesFromOutsideSteerNeitherTerminalNorPage() {
    SeriesPoint point =
        new SeriesPoint("<b>run\u001b[31m", Instant.EPOCH, "<i>\u202e", 1, null, null);
    SeriesKey key =
        new SeriesKey(
            "<script>x</script>", "", "", "none", "live", "m", "ns", Direction.LOWER, "f");
    List<Trend> trends = Trend.of(List.of(new Series(key, List.of(point))));
    assertThat(String.join("\n", TrendLines.of(trends, true))).doesNotContain("\u001b", "\u202e");
    assertThat(TrendPage.of(trends)).doesNotContain("<script>x", "<b>", "<i>");
  }

  /** Noise of 1 %, times {@code factor} from {@code step} on. */
  private static Series series(
      String metric, Direction direction, int runs, int step, double factor) {
    Random noise = new Random(7);
    List<SeriesPoint> points = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      double value = 1e6 * Math.exp(0.01 * noise.nextGaussian()) * (i >= step ? factor : 1);
      points.add(
          new SeriesPoint(
              "run" + i, Instant.ofEpochSecond(i), "c" + i, value, value * 0.99, value * 1.01));
    }
    return new Series(
        new SeriesKey(
            "XBenchmark.run",
            "avgt",
            "size=1KB",
            "none",
            "embedded",
            metric,
            "ns",
            direction,
            "f1"),
        points);
  }
}
