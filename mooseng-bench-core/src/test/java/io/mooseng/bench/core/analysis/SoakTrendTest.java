package io.mooseng.bench.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.model.Direction;
import io.mooseng.bench.core.random.SeededRandom;
import io.mooseng.bench.core.result.Metric;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.SoakSample;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakTrendTest {

  private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

  /** Windows of a minute. */
  private static List<SoakSample> samples(int windows, IntFunction<Map<String, Metric>> metrics) {
    return IntStream.range(0, windows)
        .mapToObj(
            i ->
                new SoakSample(
                    "org.example.ReadBenchmark.read",
                    Map.of("target", "embedded"),
                    i,
                    BEGIN.plusSeconds(60L * i),
                    BEGIN.plusSeconds(60L * (i + 1)),
                    metrics.apply(i)))
        .toList();
  }

  private static Map<String, Metric> metrics(Double p50, double throughput) {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    metrics.put(Metrics.LATENCY_P50, new Metric(p50, "ns", Direction.LOWER, null, 100));
    metrics.put(Metrics.THROUGHPUT, Metric.of(throughput, "op/s", Direction.HIGHER, 100));
    metrics.put("cpu.util", Metric.of(p50 == null ? 0 : p50, "cores", Direction.NONE, 1));
    return metrics;
  }

  @Test
  void driftIsFoundPerHourAndFlatIsNot() {
    SeededRandom random = new SeededRandom(1);
    List<SoakTrend> trends =
        SoakTrend.of(
            samples(
                60,
                i ->
                    metrics(
                        1e6 + 5_000 * i + 1e4 * random.nextNormal(), random.nextNormal() + 50)));
    assertThat(trends)
        .extracting(SoakTrend::metric)
        .as("what has no direction is not looked at")
        .containsExactly(Metrics.LATENCY_P50, Metrics.THROUGHPUT);
    SoakTrend latency = trends.get(0);
    assertThat(latency.found()).isTrue();
    assertThat(latency.isWorse()).isTrue();
    assertThat(latency.trend().slope()).as("per hour").isCloseTo(300_000, within(30_000.0));
    assertThat(latency.span()).isEqualTo(Duration.ofMinutes(59));
    assertThat(latency.change()).isCloseTo(295_000, within(30_000.0));
    assertThat(trends.get(1).found()).isFalse();
  }

  @Test
  void lessThroughputIsWorseAndMoreIsBetter() {
    assertThat(SoakTrend.of(samples(20, i -> metrics(1.0, 100.0 - i))).get(1).isWorse()).isTrue();
    SoakTrend more = SoakTrend.of(samples(20, i -> metrics(1.0, 100.0 + i))).get(1);
    assertThat(more.found()).isTrue();
    assertThat(more.isWorse()).isFalse();
  }

  @Test
  void whatHardlyChangesDoesNotMatter() {
    SoakTrend trend = SoakTrend.of(samples(60, i -> metrics(1e6 + 10 * i, 1))).get(0);
    assertThat(trend.p()).as("certain").isLessThan(1e-6);
    assertThat(trend.found()).as("but 0.06 %").isFalse();
  }

  @Test
  void windowsWithoutTheMetricAreLeftOut() {
    List<SoakTrend> trends =
        SoakTrend.of(samples(19, i -> metrics(i % 2 == 0 ? null : 1.0 + i, 1)));
    assertThat(trends)
        .filteredOn(trend -> trend.metric().equals(Metrics.LATENCY_P50))
        .singleElement()
        .satisfies(
            trend -> {
              assertThat(trend.windows()).isEqualTo(9);
              assertThat(trend.tested()).isFalse();
              assertThat(trend.found()).isFalse();
            });
  }

  /**
   * Both metrics at random: found with 1 % for both together, and so in 20 of 1,000 rows at most.
   */
  @Test
  void aRowWithoutATrendIsRarelyAlarmed() {
    int alarms = 0;
    for (int row = 0; row < 1_000; row++) {
      SeededRandom random = SeededRandom.of(5, row);
      alarms +=
          SoakTrend.of(
                      samples(30, i -> metrics(10 + random.nextNormal(), 10 + random.nextNormal())))
                  .stream()
                  .anyMatch(SoakTrend::found)
              ? 1
              : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo(20);
  }
}
