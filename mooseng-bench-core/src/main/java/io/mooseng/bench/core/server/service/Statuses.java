package io.mooseng.bench.core.server.service;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.mooseng.bench.core.server.chunk.CorruptChunkException;
import io.mooseng.bench.core.server.chunk.StoreFullException;
import io.mooseng.bench.core.server.chunk.UnknownChunkException;
import io.mooseng.bench.core.server.namespace.NamespaceException;
import java.io.IOException;
import java.lang.System.Logger;
import java.util.concurrent.CompletionException;

/** How failures are said on the wire: a code, and one line for a person; never a stack trace. */
final class Statuses {

  private static final Logger LOG = System.getLogger(Statuses.class.getName());

  private Statuses() {}

  static StatusRuntimeException of(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof StatusRuntimeException known) {
      return known;
    }
    if (cause instanceof NamespaceException refused) {
      return Status.fromCode(refused.code())
          .withDescription(refused.getMessage())
          .asRuntimeException();
    }
    if (cause instanceof IOException io) {
      return ofStorage(io).withDescription(io.getMessage()).asRuntimeException();
    }
    LOG.log(Logger.Level.ERROR, "a call failed for an unforeseen reason", cause);
    return Status.INTERNAL.withDescription(cause.toString()).asRuntimeException();
  }

  private static Status ofStorage(IOException failure) {
    if (failure instanceof CorruptChunkException) {
      return Status.DATA_LOSS;
    }
    if (failure instanceof UnknownChunkException) {
      return Status.NOT_FOUND;
    }
    return failure instanceof StoreFullException || saysFull(failure)
        ? Status.RESOURCE_EXHAUSTED
        : Status.INTERNAL;
  }

  /** The texts of ENOSPC and EDQUOT: the JDK gives no other sign. */
  private static boolean saysFull(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("No space left on device") || message.contains("Disk quota exceeded");
  }

  static StatusRuntimeException invalid(String message) {
    return Status.INVALID_ARGUMENT.withDescription(message).asRuntimeException();
  }

  static StatusRuntimeException precondition(String message) {
    return Status.FAILED_PRECONDITION.withDescription(message).asRuntimeException();
  }
}
