package io.mooseng.bench.core.history;

import java.sql.SQLException;

/** What drivers say, for people. */
final class SqlErrors {

  /** Result codes of SQLite (https://www.sqlite.org/rescode.html), without their extension. */
  private static final int BUSY = 5;

  private static final int LOCKED = 6;
  private static final int READ_ONLY = 8;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;
  private static final int NOT_A_DATABASE = 26;

  private static final int PRIMARY_CODE = 0xff;

  private SqlErrors() {}

  /** Another program has the file of SQLite. */
  static boolean isBusy(SQLException e) {
    return (e.getErrorCode() & PRIMARY_CODE) == BUSY;
  }

  static boolean cannotOpen(SQLException e) {
    int code = e.getErrorCode() & PRIMARY_CODE;
    return code == CANNOT_OPEN || code == READ_ONLY;
  }

  static HistoryException told(HistoryLocation location, SQLException e) {
    String history = "history " + location;
    if (location.dialect() == Dialect.POSTGRESQL) {
      // The driver manager repeats a URL that it does not understand, password and all.
      String reason = oneLine(e).replace(location.url(), location.toString());
      return HistoryException.unavailable(history + ": " + reason, e);
    }
    return switch (e.getErrorCode() & PRIMARY_CODE) {
      case BUSY, LOCKED ->
          HistoryException.unavailable(history + " is held by another program; try again", e);
      case READ_ONLY -> HistoryException.refused(history + " cannot be written: read-only", e);
      case CANNOT_OPEN ->
          HistoryException.refused(
              history + " cannot be opened: permission, read-only, or a directory", e);
      case CORRUPT -> HistoryException.refused(history + " is damaged: " + oneLine(e), e);
      case NOT_A_DATABASE -> HistoryException.refused(history + " is not a database of SQLite", e);
      case FULL -> HistoryException.refused(history + " cannot be written: the disk is full", e);
      default -> HistoryException.refused(history + ": " + oneLine(e), e);
    };
  }

  private static String oneLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
