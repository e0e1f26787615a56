package io.mooseng.bench.core.analysis.compare;

/** Two runs cannot be compared; the message is one line naming the field and both values. */
public final class NotComparableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotComparableException(String message) {
    super(message);
  }

  static NotComparableException field(String field, Object base, Object candidate) {
    return new NotComparableException(
        "not comparable: %s: %s v %s".formatted(field, base, candidate));
  }

  /** A field of one row. */
  static NotComparableException field(String row, String field, Object base, Object candidate) {
    return new NotComparableException(
        "not comparable: %s: %s: %s v %s".formatted(row, field, base, candidate));
  }
}
