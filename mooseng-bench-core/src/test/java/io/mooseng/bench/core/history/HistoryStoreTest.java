package io.mooseng.bench.core.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.history.HistoryStore.Access;
import io.mooseng.bench.core.history.HistoryStore.Added;
import io.mooseng.bench.core.model.Direction;
import io.mooseng.bench.core.result.SampleRuns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class HistoryStoreTest {

  private static final Instant FIRST = Instant.parse("2026-03-01T00:00:00Z");
  private static final Entries.Said NOTHING = new Entries.Said(Optional.empty(), Optional.empty());

  @TempDir Path directory;

  @Test
  void givesBackWhatWasAdded() {
    byte[] document = "{}".getBytes(StandardCharsets.UTF_8);
    HistoryEntry entry = Entries.of(SampleRuns.run(), document, NOTHING);
    try (HistoryStore store = open(Access.WRITE)) {
      assertThat(store.add(entry, false)).isEqualTo(Added.NEW);
    }
    try (HistoryStore store = open(Access.READ)) {
      assertThat(store.runs(10)).containsExactly(entry.run());
      assertThat(store.document(entry.run().runId())).hasValue(document);
      List<Series> series = store.series(store.metrics(), "", 10);
      assertThat(series).hasSameSizeAs(entry.values());
      for (HistoryEntry.Value value : entry.values()) {
        assertThat(series)
            .filteredOn(one -> one.key().equals(value.series()))
            .singleElement()
            .extracting(one -> one.points().get(0))
            .isEqualTo(
                new SeriesPoint(
                    entry.run().runId(),
                    entry.run().startedAt(),
                    entry.run().commit(),
                    value.value(),
                    value.lo(),
                    value.hi()));
      }
    }
  }

  @Test
  void keepsNoValueOfFailedRowsAndNoneThatOnlyDescribes() {
    HistoryEntry entry = Entries.of(SampleRuns.run(), new byte[0], NOTHING);
    assertThat(entry.run().failed()).isEqualTo(2);
    assertThat(entry.values())
        .isNotEmpty()
        .noneMatch(value -> value.series().benchmark().startsWith("StatBenchmark"))
        .noneMatch(value -> value.series().metric().equals("operations"))
        .allMatch(value -> value.series().direction() != Direction.NONE);
  }

  @Test
  void theSameFileTwiceIsOneRun() {
    try (HistoryStore store = open(Access.WRITE)) {
      store.add(entry(1, 10), false);
      assertThat(store.add(entry(1, 10), false)).isEqualTo(Added.KNOWN);
      assertThat(store.runs(10)).hasSize(1);
    }
  }

  @Test
  void anotherFileOfARunTakesItsPlaceOnlyWhenTold() {
    try (HistoryStore store = open(Access.WRITE)) {
      store.add(entry(1, 10), false);
      assertThatThrownBy(() -> store.add(entry(1, 11), false))
          .isInstanceOf(HistoryException.class)
          .hasMessageContaining("another file of run")
          .hasMessageContaining("--replace");
      assertThat(values(store)).containsExactly(10.0);
      assertThat(store.add(entry(1, 11), true)).isEqualTo(Added.REPLACED);
      assertThat(values(store)).containsExactly(11.0);
    }
  }

  @Test
  void aRunThatWasInterruptedMayHaveComeFurther() {
    HistoryEntry entry = entry(1, 10);
    StoredRun run = entry.run();
    StoredRun cut =
        new StoredRun(
            run.runId(), run.startedAt(), "interrupted", run.commit(), run.fingerprint(), 1, 0);
    try (HistoryStore store = open(Access.WRITE)) {
      store.add(new HistoryEntry(cut, entry.values(), new byte[] {1}), false);
      assertThat(store.add(entry, false)).isEqualTo(Added.REPLACED);
    }
  }

  @Test
  void aRunIsThereAsAWholeOrNotAtAll() {
    HistoryEntry one = entry(1, 10);
    List<HistoryEntry.Value> twice = List.of(one.values().get(0), one.values().get(0));
    try (HistoryStore store = open(Access.WRITE)) {
      assertThatThrownBy(() -> store.add(new HistoryEntry(one.run(), twice, one.document()), false))
          .isInstanceOf(HistoryException.class);
      assertThat(store.runs(10)).isEmpty();
      assertThat(store.metrics()).isEmpty();
      assertThat(store.add(one, false)).isEqualTo(Added.NEW);
    }
  }

  /** Of 150 files that four made at once, five openings were refused as locked. */
  @Test
  void severalMayMakeTheSameHistory() throws Exception {
    int writers = 4;
    int histories = 100;
    CyclicBarrier together = new CyclicBarrier(writers);
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    List<Future<?>> ends = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      ends.add(
          threads.submit(
              () -> {
                for (int i = 0; i < histories; i++) {
                  together.await(1, TimeUnit.MINUTES);
                  HistoryLocation at =
                      HistoryLocation.parse(directory.resolve("h" + i + ".sqlite").toString());
                  HistoryStore.open(at, Access.WRITE).close();
                }
                return null;
              }));
    }
    threads.shutdown();
    for (Future<?> end : ends) {
      end.get();
    }
  }

  @Test
  void writersAtOnceLoseNothing() throws Exception {
    int writers = 4;
    int each = 15;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    List<Future<?>> ends = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      int first = w * each;
      ends.add(
          threads.submit(
              () -> {
                for (int i = first; i < first + each; i++) {
                  try (HistoryStore store = open(Access.WRITE)) {
                    store.add(entry(i, 10), false);
                  }
                }
              }));
    }
    for (Future<?> end : ends) {
      end.get();
    }
    threads.shutdown();
    try (HistoryStore store = open(Access.READ)) {
      assertThat(store.runs(1_000)).hasSize(writers * each);
      assertThat(values(store)).hasSize(writers * each);
    }
  }

  @Test
  void whatAnotherProgramHoldsIsToldAndUnavailable() throws SQLException {
    open(Access.WRITE).close();
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      try (HistoryStore store =
          HistoryStore.open(location(), Access.WRITE, Duration.ofMillis(50))) {
        assertThatThrownBy(() -> store.add(entry(1, 10), false))
            .isInstanceOfSatisfying(
                HistoryException.class, e -> assertThat(e.isUnavailable()).isTrue())
            .hasMessageContaining(file().toString())
            .hasMessageContaining("held by another program");
      }
    }
  }

  @Test
  void readersDoNotWaitForAWriter() throws SQLException {
    try (HistoryStore store = open(Access.WRITE)) {
      store.add(entry(1, 10), false);
    }
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("DELETE FROM points");
      try (HistoryStore store = HistoryStore.open(location(), Access.READ, Duration.ofMillis(50))) {
        assertThat(values(store)).containsExactly(10.0);
      }
    }
  }

  @Test
  void tablesOfVersionOneAreBroughtToThisOneAndLoseNothing() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      Migrations.run(connection, Dialect.SQLITE, 1);
      statement.execute(
          "INSERT INTO runs VALUES (7, '20260301T000000Z-a1', 1772323200000, 'complete', 'abc',"
              + " 'f1', 1, 0, 'digest')");
      statement.execute(
          "INSERT INTO series VALUES (3, 'd', 'X.run', 'avgt', 'size=1KB', 'none', 'embedded',"
              + " 'latency.p50', 'ns', 'lower', 'f1')");
      statement.execute("INSERT INTO points VALUES (3, 7, 12.5, NULL, NULL, 20)");
    }
    try (HistoryStore store = open(Access.READ)) {
      assertThat(store.runs(10))
          .extracting(StoredRun::runId)
          .containsExactly("20260301T000000Z-a1");
      assertThat(values(store)).containsExactly(12.5);
      assertThat(store.document("20260301T000000Z-a1")).isEmpty();
    }
  }

  @Test
  void tablesOfALaterProgramAreRefused() throws SQLException {
    open(Access.WRITE).close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO history_version VALUES (99)");
    }
    assertThatThrownBy(() -> open(Access.READ))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("99")
        .hasMessageContaining("later version");
  }

  @Test
  void whatIsNoHistoryIsToldInOneLine() throws IOException {
    assertThatThrownBy(() -> open(Access.READ)).hasMessageContaining("no history at " + file());
    Files.writeString(file(), "nothing of the kind, and long enough to be looked at as a file\n");
    assertThatThrownBy(() -> open(Access.WRITE))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("not a database");
    HistoryLocation here = HistoryLocation.parse(directory.toString());
    assertThatThrownBy(() -> HistoryStore.open(here, Access.WRITE))
        .hasMessageContaining("it is a directory");
  }

  @Test
  void prunesTheOldestAndWhatOnlyTheyHad() {
    try (HistoryStore store = open(Access.WRITE)) {
      for (int i = 0; i < 10; i++) {
        store.add(entry(i, 10 + i), false);
      }
      assertThat(store.prune(Optional.of(4), Optional.empty())).isEqualTo(6);
      assertThat(values(store)).containsExactly(16.0, 17.0, 18.0, 19.0);
      assertThat(store.prune(Optional.empty(), Optional.of(FIRST.plusSeconds(8)))).isEqualTo(2);
      assertThat(values(store)).containsExactly(18.0, 19.0);
      assertThat(store.prune(Optional.empty(), Optional.of(FIRST.plusSeconds(99)))).isEqualTo(2);
      assertThat(store.metrics()).isEmpty();
    }
  }

  @Test
  void findsARunByTheBeginningOfItsId() {
    try (HistoryStore store = open(Access.WRITE)) {
      store.add(entry(1, 10), false);
      store.add(entry(2, 10), false);
      String id = entry(1, 10).run().runId();
      assertThat(store.run(id.substring(0, 15)).runId()).isEqualTo(id);
      assertThatThrownBy(() -> store.run("2026")).hasMessageContaining("several runs");
      assertThatThrownBy(() -> store.run("%")).hasMessageContaining("no run '%'");
    }
  }

  @Test
  void seriesAreInTheOrderOfTimeWhateverWasAddedFirst() {
    try (HistoryStore store = open(Access.WRITE)) {
      for (int i : new int[] {3, 1, 2}) {
        store.add(entry(i, i), false);
      }
      assertThat(values(store)).containsExactly(1.0, 2.0, 3.0);
      assertThat(store.series(List.of("latency.p50"), "", 2).get(0).points())
          .extracting(SeriesPoint::value)
          .containsExactly(2.0, 3.0);
      assertThat(store.series(List.of("latency.p50"), "NoSuch", 2)).isEmpty();
    }
  }

  static HistoryEntry entry(int second, double value) {
    String id = String.format("20260301T%06dZ-%06x", second, second);
    StoredRun run =
        new StoredRun(id, FIRST.plusSeconds(second), "complete", "commit" + second, "f1", 1, 0);
    SeriesKey key =
        new SeriesKey(
            "XBenchmark.run",
            "avgt",
            "size=1KB",
            "none",
            "embedded",
            "latency.p50",
            "ns",
            Direction.LOWER,
            "f1");
    return new HistoryEntry(
        run,
        List.of(new HistoryEntry.Value(key, value, null, null, 5)),
        (id + value).getBytes(StandardCharsets.UTF_8));
  }

  private static List<Double> values(HistoryStore store) {
    return store.series(List.of("latency.p50"), "", 10_000).stream()
        .flatMap(series -> series.points().stream())
        .map(SeriesPoint::value)
        .toList();
  }

  private Path file() {
    return directory.resolve("h.sqlite");
  }

  private HistoryLocation location() {
    return HistoryLocation.parse(file().toString());
  }

  private HistoryStore open(Access access) {
    return HistoryStore.open(location(), access);
  }
}
