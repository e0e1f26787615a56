package io.mooseng.bench.core.history;

import io.mooseng.bench.core.history.HistoryStore.Added;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Changes a history, each time in one transaction. */
final class RunWriter {

  private static final String INTERRUPTED = "interrupted";

  private final HistoryLocation location;
  private final Connection connection;

  RunWriter(HistoryLocation location, Connection connection) {
    this.location = location;
    this.connection = connection;
  }

  private interface Change<T> {
    T make() throws SQLException;
  }

  private <T> T inOneTransaction(Change<T> change) throws SQLException {
    connection.setAutoCommit(false);
    try {
      if (location.dialect().writersLock() != null) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(location.dialect().writersLock());
        }
      }
      T result = change.make();
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  Added add(HistoryEntry entry, boolean replace) throws SQLException {
    return inOneTransaction(
        () -> {
          String digest = Fingerprints.sha256(entry.document());
          Optional<Known> known = known(entry.run().runId());
          if (known.isPresent()) {
            if (known.get().digest().equals(digest)) {
              return Added.KNOWN;
            }
            if (!replace && !known.get().status().equals(INTERRUPTED)) {
              throw HistoryException.refused(
                  "history %s has another file of run %s; --replace takes this one instead"
                      .formatted(location, entry.run().runId()));
            }
            update("DELETE FROM points WHERE run = ?", known.get().id());
            update("DELETE FROM documents WHERE run = ?", known.get().id());
            update("DELETE FROM runs WHERE id = ?", known.get().id());
          }
          insert(entry, digest);
          return known.isPresent() ? Added.REPLACED : Added.NEW;
        });
  }

  private record Known(long id, String digest, String status) {}

  private Optional<Known> known(String runId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT id, digest, status FROM runs WHERE run_id = ?")) {
      select.setString(1, runId);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(new Known(rows.getLong(1), rows.getString(2), rows.getString(3)))
            : Optional.empty();
      }
    }
  }

  private void insert(HistoryEntry entry, String digest) throws SQLException {
    StoredRun run = entry.run();
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO runs (run_id, started_at, status, commit_id, fingerprint, row_count,"
                + " failed_count, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, run.runId());
      insert.setLong(2, run.startedAt().toEpochMilli());
      insert.setString(3, run.status());
      insert.setString(4, run.commit());
      insert.setString(5, run.fingerprint());
      insert.setInt(6, run.rows());
      insert.setInt(7, run.failed());
      insert.setString(8, digest);
      insert.executeUpdate();
    }
    long id = known(run.runId()).orElseThrow().id();
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO documents (run, gzip) VALUES (?, ?)")) {
      insert.setLong(1, id);
      insert.setBytes(2, gzip(entry.document()));
      insert.executeUpdate();
    }
    insertValues(entry, id);
  }

  private void insertValues(HistoryEntry entry, long run) throws SQLException {
    Map<String, Long> ids = seriesIds(entry);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO points (series_id, run, value, lo, hi, n) VALUES (?, ?, ?, ?, ?, ?)")) {
      for (HistoryEntry.Value value : entry.values()) {
        insert.setLong(1, ids.get(value.series().digest()));
        insert.setLong(2, run);
        insert.setDouble(3, value.value());
        setOrNull(insert, 4, value.lo());
        setOrNull(insert, 5, value.hi());
        insert.setLong(6, value.n());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void setOrNull(PreparedStatement insert, int at, Double value)
      throws SQLException {
    if (value == null) {
      insert.setNull(at, Types.DOUBLE);
    } else {
      insert.setDouble(at, value);
    }
  }

  /** Of all series of the entry, new ones included, by digest. */
  private Map<String, Long> seriesIds(HistoryEntry entry) throws SQLException {
    Map<String, Long> ids = knownSeries(entry);
    // In one order, so that two writers of the same new series do not wait for each other.
    List<SeriesKey> missing =
        entry.values().stream()
            .map(HistoryEntry.Value::series)
            .filter(key -> !ids.containsKey(key.digest()))
            .sorted(Comparator.comparing(SeriesKey::digest))
            .toList();
    if (missing.isEmpty()) {
      return ids;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO series (digest, benchmark, mode, params, network, fidelity, metric, unit,"
                + " direction, fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (digest) DO NOTHING")) {
      for (SeriesKey key : missing) {
        insert.setString(1, key.digest());
        insert.setString(2, key.benchmark());
        insert.setString(3, key.mode());
        insert.setString(4, key.params());
        insert.setString(5, key.network());
        insert.setString(6, key.fidelity());
        insert.setString(7, key.metric());
        insert.setString(8, key.unit());
        insert.setString(9, key.direction().label());
        insert.setString(10, key.fingerprint());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    return knownSeries(entry);
  }

  private Map<String, Long> knownSeries(HistoryEntry entry) throws SQLException {
    Map<String, Long> ids = new HashMap<>();
    List<String> fingerprints =
        entry.values().stream().map(value -> value.series().fingerprint()).distinct().toList();
    try (PreparedStatement select =
        connection.prepareStatement("SELECT digest, id FROM series WHERE fingerprint = ?")) {
      for (String fingerprint : fingerprints) {
        select.setString(1, fingerprint);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            ids.put(rows.getString(1), rows.getLong(2));
          }
        }
      }
    }
    return ids;
  }

  int prune(Optional<Integer> keep, Optional<Instant> before) throws SQLException {
    return inOneTransaction(
        () -> {
          int removed = 0;
          if (keep.isPresent()) {
            removed +=
                remove(
                    "SELECT id FROM runs ORDER BY started_at DESC, run_id DESC LIMIT 2147483647"
                        + " OFFSET ?",
                    keep.get());
          }
          if (before.isPresent()) {
            removed +=
                remove("SELECT id FROM runs WHERE started_at < ?", before.get().toEpochMilli());
          }
          if (removed > 0) {
            update("DELETE FROM series WHERE id NOT IN (SELECT series_id FROM points)");
          }
          return removed;
        });
  }

  private int remove(String which, long limit) throws SQLException {
    update("DELETE FROM points WHERE run IN (" + which + ")", limit);
    update("DELETE FROM documents WHERE run IN (" + which + ")", limit);
    return update("DELETE FROM runs WHERE id IN (" + which + ")", limit);
  }

  private int update(String sql, long... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setLong(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  private static byte[] gzip(byte[] document) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
      stream.write(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
