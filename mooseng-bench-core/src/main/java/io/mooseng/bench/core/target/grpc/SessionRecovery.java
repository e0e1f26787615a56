package io.mooseng.bench.core.target.grpc;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.mooseng.bench.proto.ClientServiceGrpc;
import io.mooseng.bench.proto.CreateSessionRequest;
import io.mooseng.bench.proto.CreateSessionResponse;
import io.mooseng.bench.proto.RenewSessionRequest;
import io.mooseng.bench.proto.RenewSessionResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Opens another session where the master has forgotten the one there was, as it may when it
 * restarts. Belongs to no operation: those that came between have failed and are counted (decision
 * 020). Safe for any number of threads, of which it blocks none.
 *
 * <p>The master is asked for the session before another is opened: who is refused for another
 * reason would be so in any session.
 */
final class SessionRecovery {

  /** Until it is asked again, after it has not led to another session. */
  static final long LEAST_MILLIS_AFTER_REFUSAL = 200;

  private final Session session;
  private final Link master;
  private final CreateSessionRequest request;
  private final Duration deadline;
  private final AtomicLong lost;

  /** What ends with the asking that is under way; null if none is. */
  private final AtomicReference<CompletableFuture<Void>> underWay = new AtomicReference<>();

  /** When it last led to nothing; null if it led to another session since. */
  private volatile Long refusedNanos;

  /**
   * @param request opens a session as the driver did
   * @param deadline of each call
   * @param lost counts what was lost and is there anew
   */
  SessionRecovery(
      Session session,
      Link master,
      CreateSessionRequest request,
      Duration deadline,
      AtomicLong lost) {
    this.session = session;
    this.master = master;
    this.request = request;
    this.deadline = deadline;
    this.lost = lost;
  }

  /**
   * Starts to ask, if nothing is being asked.
   *
   * @return complete when there is an answer, or none within the deadlines of both calls
   */
  CompletableFuture<Void> start() {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<Void> other = underWay.compareAndExchange(null, begun);
    if (other != null) {
      return other;
    }
    renew();
    return begun;
  }

  /** As {@link #start}, for one of many operations that were refused; not too often. */
  void startAfterRefusal() {
    Long refused = refusedNanos;
    if (refused == null
        || System.nanoTime() - refused
            >= TimeUnit.MILLISECONDS.toNanos(LEAST_MILLIS_AFTER_REFUSAL)) {
      start();
    }
  }

  private void renew() {
    RenewSessionRequest renewal =
        RenewSessionRequest.newBuilder()
            .setSessionId(session.id())
            .setExtendSeconds(session.lifeSeconds())
            .build();
    ask(
        ClientServiceGrpc.getRenewSessionMethod(),
        renewal,
        new Answer<RenewSessionResponse>(
            answer -> proceed(!answer.getSuccess()), failure -> proceed(saysUnknown(failure))));
  }

  private static boolean saysUnknown(Status status) {
    return status.getCode() == Status.Code.UNAUTHENTICATED
        || status.getCode() == Status.Code.NOT_FOUND;
  }

  private void proceed(boolean forgotten) {
    if (!forgotten) {
      endWithNothing(); // Where that was an error, the next operation is refused and asks again.
      return;
    }
    ask(
        ClientServiceGrpc.getCreateSessionMethod(),
        request,
        new Answer<CreateSessionResponse>(this::replaced, refused -> endWithNothing()));
  }

  private void replaced(CreateSessionResponse created) {
    lost.incrementAndGet();
    session.replace(created.getSessionId());
    refusedNanos = null;
    end();
  }

  private void endWithNothing() {
    refusedNanos = System.nanoTime();
    end();
  }

  private void end() {
    underWay.getAndSet(null).complete(null);
  }

  private <Q, R> void ask(MethodDescriptor<Q, R> method, Q message, StreamObserver<R> answer) {
    ClientCall<Q, R> call =
        master
            .channel()
            .newCall(
                method,
                CallOptions.DEFAULT.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS));
    ClientCalls.asyncUnaryCall(call, message, answer);
  }

  /** What comes of one call: one of both, once. */
  private static final class Answer<R> implements StreamObserver<R> {

    private final Consumer<R> success;
    private final Consumer<Status> failure;
    private R message;

    Answer(Consumer<R> success, Consumer<Status> failure) {
      this.success = success;
      this.failure = failure;
    }

    @Override
    public void onNext(R answer) {
      message = answer;
    }

    @Override
    public void onError(Throwable error) {
      failure.accept(Status.fromThrowable(error));
    }

    @Override
    public void onCompleted() {
      success.accept(message);
    }
  }
}
