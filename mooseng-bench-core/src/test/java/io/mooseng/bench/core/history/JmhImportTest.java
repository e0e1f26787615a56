package io.mooseng.bench.core.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.model.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JmhImportTest {

  private static final Entries.Said SAID =
      new Entries.Said(Optional.of("abc"), Optional.of(Instant.parse("2026-03-01T10:20:30Z")));

  private static final String ROW =
      """
      {"jmhVersion": "1.37", "benchmark": "org.example.ListBenchmark.add", "mode": "%s",
       "threads": 1, "forks": 2, "jdkVersion": "17.0.1", "params": {"size": "10", "kind": "a;b"},
       "primaryMetric": {"score": 12.5, "scoreError": "NaN", "scoreConfidence": ["NaN", "NaN"],
       "scoreUnit": "%s", "rawData": [[12.0, 13.0], [12.5, 12.5]]}, "secondaryMetrics": {}}
      """;

  @TempDir Path directory;

  @Test
  void readsScoresWithTheirDirection() throws IOException {
    Path file =
        write("[" + ROW.formatted("thrpt", "ops/s") + "," + ROW.formatted("avgt", "us/op") + "]");

    HistoryEntry entry = Entries.read(file, SAID);

    assertThat(entry.run().status()).isEqualTo("imported");
    assertThat(entry.run().runId()).startsWith("20260301T102030Z-");
    assertThat(entry.run().commit()).isEqualTo("abc");
    assertThat(entry.run().rows()).isEqualTo(2);
    HistoryEntry.Value first = entry.values().get(0);
    assertThat(first.value()).isEqualTo(12.5);
    assertThat(first.n()).isEqualTo(4);
    assertThat(first.series().benchmark()).isEqualTo("ListBenchmark.add");
    assertThat(first.series().params()).isEqualTo("kind=a%3Bb;size=10");
    assertThat(first.series().fidelity()).isEqualTo("unknown");
    assertThat(first.series().direction()).isEqualTo(Direction.HIGHER);
    assertThat(entry.values().get(1).series().direction()).isEqualTo(Direction.LOWER);
  }

  @Test
  void otherJvmsAreOtherSeries() throws IOException {
    String row = "[" + ROW.formatted("avgt", "us/op") + "]";
    HistoryEntry one = Entries.read(write(row), SAID);
    HistoryEntry other = Entries.read(write(row.replace("17.0.1", "21.0.1")), SAID);
    assertThat(one.values().get(0).series()).isNotEqualTo(other.values().get(0).series());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "[]",
        "[{}]",
        "[{\"benchmark\": \"a.b.c\"}]",
        "[{\"benchmark\": \"a.b.c\", \"mode\": \"avgt\", \"primaryMetric\": {\"score\": \"NaN\"}}]"
      })
  void whatIsNoneIsToldInOneLineWithItsName(String text) throws IOException {
    Path file = write(text);
    assertThatThrownBy(() -> Entries.read(file, SAID))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("jmh.json")
        .message()
        .doesNotContain("\n");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("jmh.json"), text);
  }
}
