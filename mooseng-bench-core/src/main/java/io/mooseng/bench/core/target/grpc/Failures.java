package io.mooseng.bench.core.target.grpc;

import io.grpc.Status;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;

/** gRPC's statuses in the terms of the harness. */
final class Failures {

  private static final int MAX_MESSAGE_CHARS = 400;

  private Failures() {}

  /**
   * @param rpc the call's bare name, such as {@code GetFileInfo}
   */
  static OperationException of(String rpc, HostPort address, Status status) {
    return OperationException.light(
        kind(status.getCode()), rpc + " at " + address + ": " + describe(status));
  }

  /** Each status has a kind of its own, so that counts by kind are counts by status. */
  static FailureKind kind(Status.Code code) {
    return switch (code) {
      case CANCELLED -> FailureKind.CANCELLED;
      case UNKNOWN -> FailureKind.UNKNOWN;
      case INVALID_ARGUMENT -> FailureKind.INVALID;
      case DEADLINE_EXCEEDED -> FailureKind.TIMEOUT;
      case NOT_FOUND -> FailureKind.NOT_FOUND;
      case ALREADY_EXISTS -> FailureKind.ALREADY_EXISTS;
      case PERMISSION_DENIED -> FailureKind.PERMISSION_DENIED;
      case RESOURCE_EXHAUSTED -> FailureKind.RESOURCE_EXHAUSTED;
      case FAILED_PRECONDITION -> FailureKind.FAILED_PRECONDITION;
      case ABORTED -> FailureKind.ABORTED;
      case OUT_OF_RANGE -> FailureKind.OUT_OF_RANGE;
      case UNIMPLEMENTED -> FailureKind.UNIMPLEMENTED;
      case INTERNAL -> FailureKind.INTERNAL;
      case UNAVAILABLE -> FailureKind.UNAVAILABLE;
      case DATA_LOSS -> FailureKind.CORRUPT;
      case UNAUTHENTICATED -> FailureKind.UNAUTHENTICATED;
      case OK -> throw new IllegalArgumentException("OK is no failure");
    };
  }

  /** Code, description and root cause on one line. */
  static String describe(Status status) {
    StringBuilder text = new StringBuilder(status.getCode().name());
    if (status.getDescription() != null) {
      text.append(' ').append(status.getDescription());
    }
    Throwable root = status.getCause();
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    if (root != null && root.getMessage() != null && text.indexOf(root.getMessage()) < 0) {
      text.append(" (").append(root.getMessage()).append(')');
    }
    String line = text.toString().replaceAll("\\s*[\\r\\n]+\\s*", "; ");
    return line.length() <= MAX_MESSAGE_CHARS ? line : line.substring(0, MAX_MESSAGE_CHARS) + "…";
  }
}
