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

  /**
   * From the end of an asking that a refusal began until another refusal may begin one, whatever
   * the first led to: a new session may be refused as well.
   */
  static final long LEAST_MILLIS_AFTER_REFUSAL = 200;

  private final Session session;
  private final Link master;
  private final CreateSessionRequest request;
  private final Duration patience;
  private final AtomicLong lost;

  /** Null if none is. */
  private final AtomicReference<Asking> underWay = new AtomicReference<>();

  /** When the last asking that a refusal began has ended; null if none has. */
  private volatile Long endedNanos;

  private volatile boolean closed;

  /**
   * @param request opens a session as the driver did
   * @param patience how long each call may take
   * @param lost counts what was lost and is there anew
   */
  SessionRecovery(
      Session session,
      Link master,
      CreateSessionRequest request,
      Duration patience,
      AtomicLong lost) {
    this.session = session;
    this.master = master;
    this.request = request;
    this.patience = patience;
    this.lost = lost;
  }

  /**
   * Starts to ask, if nothing is being asked.
   *
   * @return complete when there is an answer, or none in the time of both calls
   */
  CompletableFuture<Void> start() {
    return start(new Asking(false));
  }

  /** As {@link #start}, for one of many operations that were refused; not too often. */
  void startAfterRefusal() {
    Long ended = endedNanos;
    if (ended == null
        || System.nanoTime() - ended >= TimeUnit.MILLISECONDS.toNanos(LEAST_MILLIS_AFTER_REFUSAL)) {
      start(new Asking(true));
    }
  }

  private CompletableFuture<Void> start(Asking asking) {
    if (closed) {
      return CompletableFuture.completedFuture(null);
    }
    Asking other = underWay.compareAndExchange(null, asking);
    if (other != null) {
      return other.ended;
    }
    asking.proceed(asking::renew);
    return asking.ended;
  }

  /** No session is asked for from now on; one that is being opened may be left to expire. */
  void close() {
    closed = true;
  }

  private static boolean saysUnknown(Status status) {
    return status.getCode() == Status.Code.UNAUTHENTICATED
        || status.getCode() == Status.Code.NOT_FOUND;
  }

  /** The calls from the question for the session to what comes of it. */
  private final class Asking {

    private final boolean byRefusal;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    Asking(boolean byRefusal) {
      this.byRefusal = byRefusal;
    }

    /** Runs a step; one that throws leads to nothing, as a call that fails. */
    void proceed(Runnable step) {
      try {
        step.run();
      } catch (RuntimeException e) {
        end();
      }
    }

    void renew() {
      RenewSessionRequest renewal =
          RenewSessionRequest.newBuilder()
              .setSessionId(session.id())
              .setExtendSeconds(session.lifeSeconds())
              .build();
      ask(
          ClientServiceGrpc.getRenewSessionMethod(),
          renewal,
          answer -> renewed(!answer.getSuccess()),
          failure -> renewed(saysUnknown(failure)));
    }

    private void renewed(boolean forgotten) {
      if (!forgotten || closed) {
        // If the master did not answer: whoever it refuses asks again, as soon as that is allowed.
        end();
        return;
      }
      ask(ClientServiceGrpc.getCreateSessionMethod(), request, this::replace, failure -> end());
    }

    private void replace(CreateSessionResponse created) {
      lost.incrementAndGet();
      session.replace(created.getSessionId());
      end();
    }

    private void end() {
      if (byRefusal) {
        endedNanos = System.nanoTime();
      }
      underWay.compareAndSet(this, null);
      ended.complete(null);
    }

    private <Q, R> void ask(
        MethodDescriptor<Q, R> method, Q message, Consumer<R> success, Consumer<Status> failure) {
      ClientCall<Q, R> call =
          master
              .channel()
              .newCall(
                  method,
                  CallOptions.DEFAULT.withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS));
      ClientCalls.asyncUnaryCall(call, message, new Answer<>(this, success, failure));
    }
  }

  /** What comes of one call: one of both, once. */
  private static final class Answer<R> implements StreamObserver<R> {

    private final Asking asking;
    private final Consumer<R> success;
    private final Consumer<Status> failure;
    private R message;

    Answer(Asking asking, Consumer<R> success, Consumer<Status> failure) {
      this.asking = asking;
      this.success = success;
      this.failure = failure;
    }

    @Override
    public void onNext(R answer) {
      message = answer;
    }

    @Override
    public void onError(Throwable error) {
      asking.proceed(() -> failure.accept(Status.fromThrowable(error)));
    }

    /** gRPC's adapter does not check that there was a message. */
    @Override
    public void onCompleted() {
      if (message == null) {
        onError(Status.INTERNAL.withDescription("no answer").asException());
      } else {
        asking.proceed(() -> success.accept(message));
      }
    }
  }
}
