package io.mooseng.bench.core.history;

import io.mooseng.bench.core.model.Direction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Questions to a history. */
final class HistoryQueries {

  private static final String RUN =
      "SELECT run_id, started_at, status, commit_id, fingerprint, row_count, failed_count FROM runs";

  private final Connection connection;

  HistoryQueries(Connection connection) {
    this.connection = connection;
  }

  List<StoredRun> runs(int most) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(RUN + " ORDER BY started_at DESC, run_id DESC LIMIT ?")) {
      select.setInt(1, most);
      return runs(select);
    }
  }

  List<StoredRun> runsLike(String prefix) throws SQLException {
    String escaped = prefix.replaceAll("([!%_])", "!$1");
    try (PreparedStatement select =
        connection.prepareStatement(
            RUN + " WHERE run_id LIKE ? ESCAPE '!' ORDER BY run_id LIMIT 2")) {
      select.setString(1, escaped + "%");
      return runs(select);
    }
  }

  private static List<StoredRun> runs(PreparedStatement select) throws SQLException {
    List<StoredRun> runs = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        runs.add(
            new StoredRun(
                rows.getString(1),
                Instant.ofEpochMilli(rows.getLong(2)),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getInt(6),
                rows.getInt(7)));
      }
    }
    return runs;
  }

  Optional<byte[]> document(String runId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT d.gzip FROM documents d JOIN runs r ON r.id = d.run WHERE r.run_id = ?")) {
      select.setString(1, runId);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(gunzip(rows.getBytes(1))) : Optional.empty();
      }
    }
  }

  private static byte[] gunzip(byte[] bytes) {
    try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> metrics() throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT DISTINCT metric FROM series ORDER BY metric");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  List<Series> series(List<String> metrics, String pattern, int latest) throws SQLException {
    Map<Long, SeriesKey> keys = keys(metrics, Pattern.compile(pattern));
    if (keys.isEmpty()) {
      return List.of();
    }
    Map<Long, RunFacts> runs = runFacts();
    Map<Long, List<SeriesPoint>> points = new HashMap<>();
    // Every value of the metrics at once: one question is quicker than one for each series.
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT p.series_id, p.run, p.value, p.lo, p.hi FROM points p JOIN series s ON s.id ="
                + " p.series_id WHERE s.metric IN "
                + placeholders(metrics))) {
      select.setFetchSize(10_000);
      set(select, metrics);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          long series = rows.getLong(1);
          RunFacts run = runs.get(rows.getLong(2));
          // A run that was added since the runs were read is not in this answer.
          if (run != null && keys.containsKey(series)) {
            points.computeIfAbsent(series, key -> new ArrayList<>()).add(point(rows, run));
          }
        }
      }
    }
    List<Series> all = new ArrayList<>();
    keys.forEach((id, key) -> all.add(series(key, points.getOrDefault(id, List.of()), latest)));
    all.removeIf(series -> series.points().isEmpty());
    return all;
  }

  private record RunFacts(String runId, Instant startedAt, String commit) {}

  private Map<Long, RunFacts> runFacts() throws SQLException {
    Map<Long, RunFacts> runs = new HashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT id, run_id, started_at, commit_id FROM runs");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        runs.put(
            rows.getLong(1),
            new RunFacts(
                rows.getString(2), Instant.ofEpochMilli(rows.getLong(3)), rows.getString(4)));
      }
    }
    return runs;
  }

  private static SeriesPoint point(ResultSet rows, RunFacts run) throws SQLException {
    double value = rows.getDouble(3);
    double lo = rows.getDouble(4);
    Double loOrNull = rows.wasNull() ? null : lo;
    double hi = rows.getDouble(5);
    Double hiOrNull = rows.wasNull() ? null : hi;
    return new SeriesPoint(run.runId(), run.startedAt(), run.commit(), value, loOrNull, hiOrNull);
  }

  private static Series series(SeriesKey key, List<SeriesPoint> points, int latest) {
    List<SeriesPoint> sorted = new ArrayList<>(points);
    sorted.sort(
        (one, other) -> {
          int byTime = one.startedAt().compareTo(other.startedAt());
          return byTime != 0 ? byTime : one.runId().compareTo(other.runId());
        });
    return new Series(key, sorted.subList(Math.max(0, sorted.size() - latest), sorted.size()));
  }

  private Map<Long, SeriesKey> keys(List<String> metrics, Pattern pattern) throws SQLException {
    Map<Long, SeriesKey> keys = new LinkedHashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, benchmark, mode, params, network, fidelity, metric, unit, direction,"
                + " fingerprint FROM series WHERE metric IN "
                + placeholders(metrics)
                + " ORDER BY benchmark, mode, params, network, fidelity, metric, fingerprint, id")) {
      set(select, metrics);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          SeriesKey key = key(rows);
          if (pattern.matcher(key.benchmark() + " " + key.params()).find()) {
            keys.put(rows.getLong(1), key);
          }
        }
      }
    }
    return keys;
  }

  private static SeriesKey key(ResultSet rows) throws SQLException {
    String direction = rows.getString(9);
    return new SeriesKey(
        rows.getString(2),
        rows.getString(3),
        rows.getString(4),
        rows.getString(5),
        rows.getString(6),
        rows.getString(7),
        rows.getString(8),
        Arrays.stream(Direction.values())
            .filter(one -> one.label().equals(direction))
            .findFirst()
            .orElse(Direction.NONE),
        rows.getString(10));
  }

  private static String placeholders(List<String> values) {
    return "(" + "?, ".repeat(values.size() - 1) + "?)";
  }

  private static void set(PreparedStatement select, List<String> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      select.setString(i + 1, values.get(i));
    }
  }
}
