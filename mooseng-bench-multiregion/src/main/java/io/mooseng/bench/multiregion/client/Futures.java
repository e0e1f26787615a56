package io.mooseng.bench.multiregion.client;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import java.util.concurrent.CompletableFuture;

/** From gRPC's futures to those of the JDK. */
final class Futures {

  private Futures() {}

  static <T> CompletableFuture<T> of(ListenableFuture<T> call) {
    CompletableFuture<T> future = new CompletableFuture<>();
    com.google.common.util.concurrent.Futures.addCallback(
        call,
        new FutureCallback<>() {
          @Override
          public void onSuccess(T answer) {
            future.complete(answer);
          }

          @Override
          public void onFailure(Throwable failure) {
            future.completeExceptionally(failure);
          }
        },
        MoreExecutors.directExecutor());
    return future;
  }
}
