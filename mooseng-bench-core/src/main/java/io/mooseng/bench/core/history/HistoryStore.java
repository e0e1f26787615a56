package io.mooseng.bench.core.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/**
 * The runs of a history.
 *
 * <p>A run is added in one transaction: it is there with all its values, or not at all, whatever
 * happens to the program. Several programs may add at once. One store is used by one thread.
 *
 * <p>Every method throws {@link HistoryException} in one line, naming the history.
 */
public final class HistoryStore implements AutoCloseable {

  /** How long to wait for another writer. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final long AGAIN_NANOS = 5_000_000;

  /** What a store is opened for. */
  public enum Access {
    /** It must be there; nothing is written. */
    READ,
    /** It is made if it is not there. */
    WRITE
  }

  /** What became of a run that was to be added. */
  public enum Added {
    NEW,
    /** The same file was there before. */
    KNOWN,
    /** In place of another file of the same run. */
    REPLACED
  }

  private final HistoryLocation location;
  private final Connection connection;

  private HistoryStore(HistoryLocation location, Connection connection) {
    this.location = location;
    this.connection = connection;
  }

  public static HistoryStore open(HistoryLocation location, Access access) {
    return open(location, access, PATIENCE);
  }

  /**
   * Opens a history, and brings it to the version of this program.
   *
   * @param patience how long to wait for another writer
   */
  public static HistoryStore open(HistoryLocation location, Access access, Duration patience) {
    location.file().ifPresent(file -> prepare(location, file, access));
    try {
      Connection connection = connect(location, access == Access.READ, patience);
      try {
        int version = Migrations.version(connection);
        if (version > Migrations.VERSION) {
          throw HistoryException.refused(
              "history %s has version %d, written by a later version of this program; this one knows up to %d"
                  .formatted(location, version, Migrations.VERSION));
        }
        if (version == 0 && access == Access.READ) {
          throw HistoryException.refused(
              location + " holds no history; 'history add RUN' begins one");
        }
        if (version < Migrations.VERSION) {
          if (access == Access.READ) {
            connection.close();
            connection = connect(location, false, patience);
          }
          Migrations.run(connection, location.dialect());
        }
        return new HistoryStore(location, connection);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw SqlErrors.told(location, e);
    }
  }

  private static void prepare(HistoryLocation location, Path file, Access access) {
    if (Files.isDirectory(file)) {
      throw HistoryException.refused("--history " + file + ": it is a directory; accepted: a file");
    }
    if (access == Access.READ) {
      if (!Files.exists(file)) {
        throw HistoryException.refused(
            "no history at " + location + "; 'history add RUN' begins one");
      }
      return;
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw HistoryException.refused("cannot make the directory of history " + file, e);
    }
  }

  /**
   * SQLite does not wait for another program that makes the same file at the same moment: both turn
   * its write-ahead log on, and one is told at once that the file is locked.
   */
  private static Connection connect(HistoryLocation location, boolean readOnly, Duration patience)
      throws SQLException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return connectOnce(location, readOnly, patience);
      } catch (SQLException e) {
        boolean busy = location.dialect() == Dialect.SQLITE && SqlErrors.isBusy(e);
        boolean over = System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted();
        if (!busy || over) {
          throw e;
        }
        LockSupport.parkNanos(AGAIN_NANOS);
      }
    }
  }

  private static Connection connectOnce(
      HistoryLocation location, boolean readOnly, Duration patience) throws SQLException {
    Dialect dialect = location.dialect();
    Properties properties = dialect.properties(readOnly, patience.toMillis());
    try {
      Connection connection = DriverManager.getConnection(location.url(), properties);
      try {
        if (dialect == Dialect.POSTGRESQL) {
          connection.setReadOnly(readOnly);
        } else if (readOnly) {
          Migrations.version(connection); // Only reading tells whether it can be read.
        }
        return connection;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      if (readOnly && dialect == Dialect.SQLITE && SqlErrors.cannotOpen(e)) {
        // Nobody can write where not even the index of the write-ahead log can be made.
        Path file = location.file().orElseThrow().toAbsolutePath();
        return DriverManager.getConnection(
            "jdbc:sqlite:file://" + file.toUri().getRawPath() + "?immutable=1", properties);
      }
      throw e;
    }
  }

  /**
   * Adds a run with all its values.
   *
   * @param replace whether it may take the place of another file of the same run; without, that is
   *     refused, unless the run there was interrupted: such a run may have come further since
   */
  public Added add(HistoryEntry entry, boolean replace) {
    return call(() -> new RunWriter(location, connection).add(entry, replace));
  }

  /**
   * The latest runs.
   *
   * @return newest first
   */
  public List<StoredRun> runs(int most) {
    return call(() -> new HistoryQueries(connection).runs(most));
  }

  /** One run; its id may be shortened as long as one run begins with it. */
  public StoredRun run(String id) {
    List<StoredRun> found = call(() -> new HistoryQueries(connection).runsLike(id));
    Optional<StoredRun> exact = found.stream().filter(run -> run.runId().equals(id)).findFirst();
    if (exact.isEmpty() && found.size() != 1) {
      throw HistoryException.refused(
          found.isEmpty()
              ? "history %s has no run '%s'; 'history list' shows what there is"
                  .formatted(location, id)
              : "history %s has several runs that begin with '%s'; give more of the id"
                  .formatted(location, id));
    }
    return exact.orElseGet(() -> found.get(0));
  }

  /** The whole file of a run, as it was added; empty if it was added before files were kept. */
  public Optional<byte[]> document(String runId) {
    return call(() -> new HistoryQueries(connection).document(runId));
  }

  /**
   * Series with their values.
   *
   * @param metrics names
   * @param pattern a regular expression that must be found in the benchmark or the parameters
   * @param latest values of each series
   */
  public List<Series> series(List<String> metrics, String pattern, int latest) {
    return call(() -> new HistoryQueries(connection).series(metrics, pattern, latest));
  }

  /** Names of the metrics there are. */
  public List<String> metrics() {
    return call(() -> new HistoryQueries(connection).metrics());
  }

  /**
   * Removes all runs but the newest, and those that began before a time.
   *
   * @param keep how many runs stay; empty for all
   * @param before empty for no limit
   * @return how many were removed
   */
  public int prune(Optional<Integer> keep, Optional<Instant> before) {
    return call(() -> new RunWriter(location, connection).prune(keep, before));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqlErrors.told(location, e);
    }
  }

  private interface Call<T> {
    T run() throws SQLException;
  }

  private <T> T call(Call<T> call) {
    try {
      return call.run();
    } catch (SQLException e) {
      throw SqlErrors.told(location, e);
    }
  }
}
