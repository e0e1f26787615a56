package io.mooseng.bench.core.history;

/** The history cannot be read or written; the message is one line that names it and says why. */
public final class HistoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean unavailable;

  private HistoryException(String message, Throwable cause, boolean unavailable) {
    super(message.replaceAll("\\s*\\R\\s*", " "), cause);
    this.unavailable = unavailable;
  }

  /** What was asked for cannot be. */
  static HistoryException refused(String message) {
    return new HistoryException(message, null, false);
  }

  static HistoryException refused(String message, Throwable cause) {
    return new HistoryException(message, cause, false);
  }

  /** The database is not there, or held by another program; the same may succeed later. */
  static HistoryException unavailable(String message, Throwable cause) {
    return new HistoryException(message, cause, true);
  }

  /** Whether the same may succeed later, or elsewhere. */
  public boolean isUnavailable() {
    return unavailable;
  }
}
