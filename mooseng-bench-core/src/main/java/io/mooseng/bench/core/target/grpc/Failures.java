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

  static FailureKind kind(Status.Code code) {
    return switch (code) {
      case DEADLINE_EXCEEDED -> FailureKind.TIMEOUT;
      // This client cancels only what it has given up itself; a server that goes away does too.
      case UNAVAILABLE, CANCELLED -> FailureKind.UNAVAILABLE;
      case DATA_LOSS -> FailureKind.CORRUPT;
      case NOT_FOUND -> FailureKind.NOT_FOUND;
      case ALREADY_EXISTS -> FailureKind.ALREADY_EXISTS;
      case RESOURCE_EXHAUSTED -> FailureKind.RESOURCE_EXHAUSTED;
      case PERMISSION_DENIED, UNAUTHENTICATED -> FailureKind.PERMISSION_DENIED;
      case UNIMPLEMENTED -> FailureKind.UNIMPLEMENTED;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> FailureKind.INVALID;
      default -> FailureKind.INTERNAL;
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
