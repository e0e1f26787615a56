package io.mooseng.bench.core.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Brings the tables of a history to the version of this program. Each step is a file of SQL and is
 * never changed once it was released.
 */
final class Migrations {

  /** The version that this program reads and writes. */
  static final int VERSION = 2;

  private static final String TABLE = "history_version";

  private Migrations() {}

  /** The version of the tables; 0 if there are none. */
  static int version(Connection connection) throws SQLException {
    try (ResultSet tables = connection.getMetaData().getTables(null, null, TABLE, null)) {
      if (!tables.next()) {
        return 0;
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet versions = statement.executeQuery("SELECT MAX(version) FROM " + TABLE)) {
      versions.next();
      return versions.getInt(1);
    }
  }

  /**
   * Takes the steps that are missing, all in one transaction; of two programs at once, one takes
   * them.
   */
  static void run(Connection connection, Dialect dialect) throws SQLException {
    run(connection, dialect, VERSION);
  }

  static void run(Connection connection, Dialect dialect, int to) throws SQLException {
    boolean before = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      if (dialect.writersLock() != null) {
        statement.execute(dialect.writersLock());
      }
      statement.execute(
          "CREATE TABLE IF NOT EXISTS " + TABLE + " (version INTEGER NOT NULL PRIMARY KEY)");
      for (int step = version(connection) + 1; step <= to; step++) {
        for (String line : script(step).split(";")) {
          if (!line.isBlank()) {
            statement.execute(dialect.translate(line));
          }
        }
        statement.execute("INSERT INTO " + TABLE + " (version) VALUES (" + step + ")");
      }
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(before);
    }
  }

  private static String script(int step) {
    String name = "v" + step + ".sql";
    try (InputStream stream = Migrations.class.getResourceAsStream(name)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return text.replaceAll("--[^\n]*", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
