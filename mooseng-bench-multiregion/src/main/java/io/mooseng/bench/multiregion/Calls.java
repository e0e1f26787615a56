package io.mooseng.bench.multiregion;

import io.grpc.Status;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.multiregion.consistency.RecordedRegisters;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Waits for answers of a cluster, in the terms of the harness. */
final class Calls {

  private Calls() {}

  /**
   * The answer.
   *
   * @throws OperationException of the kind of the status the call ended with
   */
  static <T> T await(CompletableFuture<T> call) throws OperationException {
    try {
      return call.get();
    } catch (ExecutionException e) {
      Status.Code code = RecordedRegisters.codeOf(e.getCause());
      throw OperationException.light(kind(code), e.getCause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw OperationException.light(FailureKind.CANCELLED, "interrupted");
    }
  }

  /** The same call, whose failures are of the kind of the status it ended with. */
  static <T> CompletableFuture<T> inTermsOfTheHarness(CompletableFuture<T> call) {
    return call.handle(
            (answer, failure) ->
                failure == null
                    ? CompletableFuture.completedFuture(answer)
                    : CompletableFuture.<T>failedFuture(
                        OperationException.light(
                            kind(RecordedRegisters.codeOf(failure)), messageOf(failure))))
        .thenCompose(ended -> ended);
  }

  private static String messageOf(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause().getMessage()
        : failure.getMessage();
  }

  private static FailureKind kind(Status.Code code) {
    return switch (code) {
      case DEADLINE_EXCEEDED -> FailureKind.TIMEOUT;
      case UNAVAILABLE -> FailureKind.UNAVAILABLE;
      case NOT_FOUND -> FailureKind.NOT_FOUND;
      case FAILED_PRECONDITION -> FailureKind.FAILED_PRECONDITION;
      case ABORTED -> FailureKind.ABORTED;
      case ALREADY_EXISTS -> FailureKind.ALREADY_EXISTS;
      default -> FailureKind.INTERNAL;
    };
  }
}
