package io.mooseng.bench.core.target.grpc;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One operation in progress: its calls one after the other, its stages without gaps between them,
 * and its end, which comes once.
 *
 * <p>Begun by the thread that asked; continued by the event loop, one callback at a time.
 *
 * @param <T> what it answers
 */
final class Operation<T> {

  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final OperationTrace trace;
  private final Duration deadline;
  private final Completions completions;
  private long stageStart = Ticker.SYSTEM.nanoTime();
  private Stage lastStage = Stage.MASTER_RPC;
  private volatile ClientCall<?, ?> current;
  private volatile boolean aborted;

  Operation(OperationTrace trace, Duration deadline, Completions completions) {
    this.trace = trace;
    this.deadline = deadline;
    this.completions = completions;
  }

  CompletableFuture<T> result() {
    return result;
  }

  /** All time since the previous stage ended was spent in {@code stage}. */
  void endStage(Stage stage) {
    long now = Ticker.SYSTEM.nanoTime();
    trace.add(stage, now - stageStart);
    stageStart = now;
    lastStage = stage;
  }

  void succeed(T value) {
    result.complete(value);
    completions.announce();
  }

  /** Ends the operation; what is not an {@link OperationException} becomes one of kind INTERNAL. */
  void fail(Throwable failure) {
    result.completeExceptionally(
        failure instanceof OperationException
            ? failure
            : new OperationException(FailureKind.INTERNAL, failure.toString(), failure));
    completions.announce();
  }

  /** Ends the operation as a call of it ended. */
  void fail(String rpc, Link link, Status status) {
    fail(
        aborted
            ? OperationException.light(
                FailureKind.INTERNAL, rpc + " at " + link.address() + ": interrupted")
            : Failures.of(rpc, link.address(), status));
  }

  /** Runs a step of the operation, which ends if the step throws. */
  void proceed(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /** Asks the master; {@code then} continues the operation with the answer. */
  <Q, R> void ask(Link link, MethodDescriptor<Q, R> method, Q request, Consumer<R> then) {
    begin(link, method, CallOptions.DEFAULT, call -> new Answer<>(link, method, then))
        .sendOnly(request);
  }

  /** Starts a call of this operation, with its deadline. */
  <Q, R> Started<Q, R> begin(
      Link link,
      MethodDescriptor<Q, R> method,
      CallOptions options,
      ListenerFactory<Q, R> listener) {
    trace.roundTrip();
    ClientCall<Q, R> call =
        link.channel()
            .newCall(method, options.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS));
    current = call;
    call.start(listener.of(call), new Metadata());
    if (aborted) {
      call.cancel("the operation was interrupted", null);
    }
    return new Started<>(call);
  }

  /**
   * Waits for the end. An interrupt cancels the operation; this method still returns only when no
   * callback of it runs any more.
   */
  T await() throws OperationException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          T value = result.get();
          endStage(lastStage);
          return value;
        } catch (InterruptedException e) {
          interrupted = true;
          abort();
        } catch (ExecutionException e) {
          throw (OperationException) e.getCause();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void abort() {
    aborted = true;
    ClientCall<?, ?> call = current;
    if (call != null) {
      call.cancel("the operation was interrupted", null);
    }
  }

  /** Makes the listener of a call. */
  interface ListenerFactory<Q, R> {
    ClientCall.Listener<R> of(ClientCall<Q, R> call);
  }

  /** A started call. */
  record Started<Q, R>(ClientCall<Q, R> call) {

    /** Sends the one request there is and lets all answers come. */
    void sendOnly(Q request) {
      call.request(Integer.MAX_VALUE);
      call.sendMessage(request);
      call.halfClose();
    }
  }

  /** Continues the operation with the only message of a unary call. */
  private final class Answer<R> extends ClientCall.Listener<R> {

    private final Link link;
    private final MethodDescriptor<?, R> method;
    private final Consumer<R> then;
    private R message;

    Answer(Link link, MethodDescriptor<?, R> method, Consumer<R> then) {
      this.link = link;
      this.method = method;
      this.then = then;
    }

    @Override
    public void onMessage(R answer) {
      message = answer;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      endStage(Stage.MASTER_RPC);
      Status checked =
          status.isOk() && message == null
              ? Status.INTERNAL.withDescription("ended without an answer")
              : status;
      if (!checked.isOk()) {
        fail(method.getBareMethodName(), link, checked);
        return;
      }
      proceed(() -> then.accept(message));
    }
  }
}
