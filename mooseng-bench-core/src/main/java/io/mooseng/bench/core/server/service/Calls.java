package io.mooseng.bench.core.server.service;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Ends calls with one response. */
final class Calls {

  private Calls() {}

  /** Answers with what {@code body} leads to, or with the status of its failure. */
  static <R> void answer(StreamObserver<R> observer, Supplier<? extends CompletionStage<R>> body) {
    CompletionStage<R> result;
    try {
      result = body.get();
    } catch (RuntimeException e) {
      result = CompletableFuture.failedFuture(e);
    }
    result.whenComplete(
        (response, failure) -> {
          if (failure == null) {
            observer.onNext(response);
            observer.onCompleted();
          } else {
            observer.onError(Statuses.of(failure));
          }
        });
  }
}
