package io.mooseng.bench.core.history;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a history is: a file of SQLite, or a database of PostgreSQL.
 *
 * @param file of SQLite; empty for PostgreSQL
 * @param url of JDBC
 */
public record HistoryLocation(Optional<Path> file, String url) {

  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String ANY = "jdbc:";

  /**
   * Reads what the user gave.
   *
   * @param text a path, {@code jdbc:sqlite:PATH} or {@code jdbc:postgresql:…}
   * @throws HistoryException in one line naming what is accepted
   */
  public static HistoryLocation parse(String text) {
    if (text.startsWith(POSTGRESQL)) {
      return new HistoryLocation(Optional.empty(), text);
    }
    if (text.startsWith(ANY) && !text.startsWith(SQLITE)) {
      throw refused(text.replaceAll("^(jdbc:[^:]*:).*", "$1…"));
    }
    String path = text.startsWith(SQLITE) ? text.substring(SQLITE.length()) : text;
    try {
      if (!path.isBlank() && !path.startsWith(":")) {
        return new HistoryLocation(Optional.of(Path.of(path)), SQLITE + path);
      }
    } catch (InvalidPathException e) {
      // Told below.
    }
    throw refused(text);
  }

  private static HistoryException refused(String text) {
    return HistoryException.refused(
        "--history " + text + ": accepted: a file, or jdbc:postgresql://HOST/DATABASE");
  }

  Dialect dialect() {
    return file.isPresent() ? Dialect.SQLITE : Dialect.POSTGRESQL;
  }

  /** For messages: without a user's name and password. */
  @Override
  public String toString() {
    return file.map(Path::toString)
        .orElseGet(() -> url.replaceAll("\\?.*", "").replaceAll("//[^/@]*@", "//"));
  }
}
