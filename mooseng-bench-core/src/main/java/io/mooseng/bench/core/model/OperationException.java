package io.mooseng.bench.core.model;

import java.util.Objects;

/**
 * An operation on a target failed, for a reason of a known kind.
 *
 * <p>Drivers throw it; {@code Target} turns it into a counted {@link Outcome.Failure}. Carries no
 * stack trace of its own when made by {@link #light}, so that a failing target is not slowed down
 * by the harness.
 */
public final class OperationException extends Exception {

  private static final long serialVersionUID = 1L;

  private final FailureKind kind;

  public OperationException(FailureKind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind);
  }

  private OperationException(FailureKind kind, String message, boolean writableStackTrace) {
    super(message, null, false, writableStackTrace);
    this.kind = kind;
  }

  /** A failure without a stack trace, for paths taken once per operation. */
  public static OperationException light(FailureKind kind, String message) {
    return new OperationException(kind, message, false);
  }

  public FailureKind kind() {
    return kind;
  }
}
