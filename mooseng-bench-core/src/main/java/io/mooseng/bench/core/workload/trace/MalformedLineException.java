package io.mooseng.bench.core.workload.trace;

/** A line is not in the format; the message says why, the reader adds which line. */
final class MalformedLineException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean notJson;

  MalformedLineException(String message) {
    this(message, false);
  }

  /**
   * @param notJson whether it is not even JSON, as a line that was cut short never is
   */
  MalformedLineException(String message, boolean notJson) {
    super(message);
    this.notJson = notJson;
  }

  boolean notJson() {
    return notJson;
  }
}
