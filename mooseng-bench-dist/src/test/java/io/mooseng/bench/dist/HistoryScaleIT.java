package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.history.HistoryEntry;
import io.mooseng.bench.core.history.HistoryLocation;
import io.mooseng.bench.core.history.HistoryStore;
import io.mooseng.bench.core.history.SeriesKey;
import io.mooseng.bench.core.history.StoredRun;
import io.mooseng.bench.core.model.Direction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A history of a thousand runs of two hundred rows; prints how long questions to it take. */
@Tag("acceptance")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class HistoryScaleIT {

  private static final int RUNS = 1_000;
  private static final int ROWS = 200;
  private static final List<String> METRICS =
      List.of("latency.p50", "latency.p90", "latency.p99", "latency.mean", "throughput");

  @TempDir Path directory;

  @Test
  void aThousandRunsOfTwoHundredRows() throws IOException, InterruptedException {
    Path file = directory.resolve("history.sqlite");
    HistoryLocation location = HistoryLocation.parse(file.toString());
    Random noise = new Random(1);
    long start = System.nanoTime();
    try (HistoryStore store = HistoryStore.open(location, HistoryStore.Access.WRITE)) {
      for (int run = 0; run < RUNS; run++) {
        store.add(entry(run, noise), false);
      }
    }
    System.out.printf(
        "added %,d runs of %d rows and %d metrics: %.1f s, %.0f MB%n",
        RUNS, ROWS, METRICS.size(), seconds(start), Files.size(file) / 1048576.0);

    try (HistoryStore store = HistoryStore.open(location, HistoryStore.Access.READ)) {
      for (int i = 0; i < 3; i++) {
        start = System.nanoTime();
        int values =
            store.series(List.of("latency.p50"), "", RUNS).stream()
                .mapToInt(series -> series.points().size())
                .sum();
        System.out.printf("one metric, %,d values: %.2f s%n", values, seconds(start));
        assertThat(values).isEqualTo(RUNS * ROWS);
      }
    }

    start = System.nanoTime();
    JarRun trend =
        BenchmarksJar.in(directory.resolve("run"))
            .run("history", "trend", "--metric", "latency.p50", "--history", file.toString())
            .exited(0);
    System.out.printf("history trend of one metric: %.1f s%n", seconds(start));
    assertThat(trend.stdout()).contains("200 series searched", "WORSE since 20260301T000950Z");
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Noise of 2 %; from run 950 on, row 7 takes a tenth more. */
  private static HistoryEntry entry(int number, Random noise) {
    List<HistoryEntry.Value> values = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      for (String metric : METRICS) {
        double level = row == 7 && number >= 950 && metric.startsWith("latency") ? 1.1e6 : 1e6;
        double value = level * Math.exp(0.02 * noise.nextGaussian());
        SeriesKey key =
            new SeriesKey(
                "ScaleBenchmark.run",
                "avgt",
                "row=" + row,
                "none",
                "embedded",
                metric,
                metric.startsWith("latency") ? "ns" : "op/s",
                metric.startsWith("latency") ? Direction.LOWER : Direction.HIGHER,
                "0123456789ab");
        values.add(new HistoryEntry.Value(key, value, value * 0.98, value * 1.02, 1_000));
      }
    }
    String id = String.format("20260301T%06dZ-%06d", number, number);
    StoredRun run =
        new StoredRun(
            id,
            Instant.parse("2026-03-01T00:00:00Z").plusSeconds(number),
            "complete",
            "c" + number,
            "0123456789ab",
            ROWS,
            0);
    return new HistoryEntry(run, values, id.getBytes(StandardCharsets.UTF_8));
  }
}
