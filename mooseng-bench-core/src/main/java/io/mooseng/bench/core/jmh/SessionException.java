package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.model.FailureKind;

/** A benchmark cannot go on: its target could not be opened, or its set-up failed there. */
public final class SessionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final FailureKind kind;

  SessionException(FailureKind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public FailureKind kind() {
    return kind;
  }
}
