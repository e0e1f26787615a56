package io.mooseng.bench.core.model;

import java.util.Locale;

/** Why an operation failed; failures are counted by kind and never enter success latency. */
public enum FailureKind {
  /** The deadline passed first. */
  TIMEOUT,
  /** The target cannot be reached, or went away. */
  UNAVAILABLE,
  /** The target gave the operation up. */
  CANCELLED,
  /** The target broke the operation off, for instance because it lost a race. */
  ABORTED,
  /** The data read differs from the data written: the worst outcome there is. */
  CORRUPT,
  /** The named file or directory does not exist. */
  NOT_FOUND,
  /** The name is taken. */
  ALREADY_EXISTS,
  /** Out of space, memory, handles or quota. */
  RESOURCE_EXHAUSTED,
  /** The target does not let this client do this. */
  PERMISSION_DENIED,
  /** The target does not know who this client is, or no longer. */
  UNAUTHENTICATED,
  /** The target is not in a state in which it could do this. */
  FAILED_PRECONDITION,
  /** Beyond the end of what the target has. */
  OUT_OF_RANGE,
  /** The target does not implement the operation. */
  UNIMPLEMENTED,
  /** The target refused the request as malformed. */
  INVALID,
  /** The target failed without saying how. */
  UNKNOWN,
  /** The emulated network was not what was asked for, so nothing was measured under it. */
  CONDITIONS_NOT_MET,
  /** Anything else; the message says what. */
  INTERNAL;

  /** The name used in result files, for instance {@code errors.not-found}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
