package io.mooseng.bench.core.server.namespace;

import io.grpc.Status;

/** A command or a read was refused; the namespace is as before. Carries no stack trace. */
public final class NamespaceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Status.Code code;

  public NamespaceException(Status.Code code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** How the refusal is said on the wire. */
  public Status.Code code() {
    return code;
  }

  static NamespaceException notFound(String what) {
    return new NamespaceException(Status.Code.NOT_FOUND, what + " does not exist");
  }

  static NamespaceException precondition(String message) {
    return new NamespaceException(Status.Code.FAILED_PRECONDITION, message);
  }

  static NamespaceException invalid(String message) {
    return new NamespaceException(Status.Code.INVALID_ARGUMENT, message);
  }
}
