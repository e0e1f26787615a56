package io.mooseng.bench.multiregion.replica;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.mooseng.bench.core.server.namespace.NamespaceException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Answers calls when futures complete. */
final class Answers {

  private Answers() {}

  static <T> void send(StreamObserver<T> observer, CompletableFuture<T> future) {
    future.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            observer.onNext(value);
            observer.onCompleted();
          } else {
            observer.onError(status(failure).asRuntimeException());
          }
        });
  }

  private static Status status(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof NamespaceException refusal) {
      return Status.fromCode(refusal.code()).withDescription(refusal.getMessage());
    }
    // Nobody knows whether what failed on its way to the leader was ordered or not.
    return Status.UNAVAILABLE.withDescription(String.valueOf(cause.getMessage()));
  }
}
