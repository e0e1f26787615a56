package io.mooseng.bench.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.Direction;
import io.mooseng.bench.core.result.Metric;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.SoakSample;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakWritersTest {

  private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

  private static List<SoakSample> row(String benchmark, int windows) {
    return IntStream.range(0, windows)
        .mapToObj(
            i ->
                new SoakSample(
                    "org.example." + benchmark,
                    Map.of("target", "embedded", "size", "1 KB, cold"),
                    i,
                    BEGIN.plusSeconds(360L * i),
                    BEGIN.plusSeconds(360L * (i + 1)),
                    metrics(i)))
        .toList();
  }

  private static Map<String, Metric> metrics(int i) {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    metrics.put(
        Metrics.LATENCY_P99,
        Metric.of(1e6 + 31_000 * i + 500 * (i % 3), "ns", Direction.LOWER, 2_000));
    metrics.put(Metrics.THROUGHPUT, Metric.of(900 + i % 2 * 100, "op/s", Direction.HIGHER, 2_000));
    metrics.put(Metrics.ERRORS, Metric.of(0, "op", Direction.LOWER, 2_000));
    return metrics;
  }

  @Test
  void everyTrendIsALineAndTheOthersShareOne() {
    assertThat(SoakText.of(List.of(row("ReadBenchmark.read", 20), row("WriteBenchmark.write", 3))))
        .containsExactly(
            "ReadBenchmark.read size=1 KB, cold target=embedded: 20 windows in 2 h 00 min",
            "  latency.p99 rose by 310 us per hour (95 % interval 310 us to 310 us); +45.5 % over"
                + " 1 h 54 min, median 1.29 ms: WORSE",
            "  no trend: throughput, errors",
            "WriteBenchmark.write size=1 KB, cold target=embedded: 3 windows in 18 min 00 s",
            "  too few windows for a trend (10 are needed): latency.p99 (3), throughput (3), errors"
                + " (3)");
  }

  @Test
  void theFileHasALineForEveryMetric() {
    String[] lines = TrendsCsv.render(List.of(row("ReadBenchmark.read", 20))).split("\r\n");
    assertThat(lines)
        .hasSize(4)
        .contains(
            "benchmark,params,metric,unit,direction,windows,median,slope_per_hour,ci95_lo,ci95_hi,"
                + "p_adjusted,trend",
            "org.example.ReadBenchmark.read,size=1%20KB%2C%20cold;target=embedded,errors,op,lower,20,"
                + "0.0,0.0,0.0,0.0,1.0,none");
    assertThat(lines[1])
        .startsWith(
            "org.example.ReadBenchmark.read,size=1%20KB%2C%20cold;target=embedded,latency.p99,")
        .endsWith(",rises");
    assertThat(TrendsCsv.render(List.of(row("ReadBenchmark.read", 3))))
        .contains(",,,,,too-few-windows");
  }
}
