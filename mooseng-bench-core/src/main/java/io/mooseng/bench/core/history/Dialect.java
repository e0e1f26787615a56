package io.mooseng.bench.core.history;

import java.util.Properties;

/** In what the databases differ. */
enum Dialect {
  SQLITE("INTEGER PRIMARY KEY", "BLOB", "REAL", "WITHOUT ROWID"),
  POSTGRESQL("BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "BYTEA", "DOUBLE PRECISION", "");

  /** Any number: what two programs that write at once wait for each other by. */
  private static final long ADVISORY_LOCK = 4_736_211_905L;

  private final String identity;
  private final String bytes;
  private final String real;
  private final String clustered;

  Dialect(String identity, String bytes, String real, String clustered) {
    this.identity = identity;
    this.bytes = bytes;
    this.real = real;
    this.clustered = clustered;
  }

  /** A statement of a migration in this dialect. */
  String translate(String statement) {
    return statement
        .replace("${identity}", identity)
        .replace("${bytes}", bytes)
        .replace("${real}", real)
        .replace("${clustered}", clustered)
        .strip();
  }

  /** Lets one program at a time write; null where a transaction that writes is alone anyway. */
  String writersLock() {
    return this == POSTGRESQL ? "SELECT pg_advisory_xact_lock(" + ADVISORY_LOCK + ")" : null;
  }

  /**
   * Properties of a connection.
   *
   * @param readOnly whether nothing may be written
   * @param patienceMillis how long to wait for another writer
   */
  Properties properties(boolean readOnly, long patienceMillis) {
    Properties properties = new Properties();
    if (this == SQLITE) {
      properties.put("busy_timeout", Long.toString(patienceMillis));
      if (readOnly) {
        properties.put("open_mode", "1");
      } else {
        // Readers and a writer do not wait for each other; a commit survives loss of power.
        properties.put("journal_mode", "WAL");
        properties.put("synchronous", "FULL");
        // A transaction that began by reading could not go on to write if another one has.
        properties.put("transaction_mode", "IMMEDIATE");
        properties.put("foreign_keys", "true");
      }
    } else {
      properties.put("ApplicationName", "mooseng-bench");
      properties.put("connectTimeout", Long.toString(Math.max(1, patienceMillis / 1000)));
      properties.put("options", "-c lock_timeout=" + patienceMillis + " -c statement_timeout=0");
    }
    return properties;
  }
}
