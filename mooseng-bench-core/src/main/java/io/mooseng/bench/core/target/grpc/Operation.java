package io.mooseng.bench.core.target.grpc;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.ConnectivityState;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.CompletionSignal;
import io.mooseng.bench.core.wire.ClockDomain;
import io.mooseng.bench.core.wire.ServerTiming;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * One operation in progress: its calls one after the other, its stages without gaps between them,
 * and its end, which comes once.
 *
 * <p>Begun by the thread that asked; continued by an event loop, one callback at a time.
 *
 * @param <T> what it answers
 */
final class Operation<T> extends Deadlines.Timed {

  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final OperationTrace trace;
  private final Transport transport;
  private final Session session;
  private final long sessionId;
  private final CompletionSignal completions;
  private long stageStart = Ticker.SYSTEM.nanoTime();

  /** When the call under way could be sent. */
  private long callStart;

  /** Whether the call under way waits for a connection. */
  private boolean connecting;

  private Link link;
  private Lane lane;
  private volatile ClientCall<?, ?> current;
  private volatile boolean aborted;
  private volatile boolean expired;

  Operation(
      OperationTrace trace, Transport transport, Session session, CompletionSignal completions) {
    this.trace = trace;
    this.transport = transport;
    this.session = session;
    this.sessionId = session.id();
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
  }

  /** The headers of a call. */
  Metadata headers() {
    Metadata headers = new Metadata();
    if (transport.asksForTimes()) {
      headers.put(ServerTiming.WANTED, "");
    }
    return headers;
  }

  /** A call has ended, and with it a stage: splits its time by what the server told of it. */
  void endCall(Stage stage, Metadata trailers) {
    endStage(stage);
    if (transport.asksForTimes()) {
      ServerTiming times = trailers.get(ServerTiming.ANSWER);
      if (times != null && ClockDomain.own().filter(times.domain()::equals).isPresent()) {
        trace.split(callStart, times.receivedNanos(), times.finishedNanos(), stageStart);
      }
    }
  }

  void succeed(T value) {
    result.complete(value);
    completions.signal();
  }

  /** Ends the operation; what is not an {@link OperationException} becomes one of kind INTERNAL. */
  void fail(Throwable failure) {
    result.completeExceptionally(
        failure instanceof OperationException
            ? failure
            : new OperationException(FailureKind.INTERNAL, failure.toString(), failure));
    completions.signal();
  }

  /** Ends the operation as a call of it ended. */
  void fail(String rpc, Link server, Status status) {
    if (aborted) {
      failInterrupted(rpc, server);
      return;
    }
    if (status.getCode() == Status.Code.UNAUTHENTICATED) {
      session.refused(sessionId);
    }
    fail(Failures.of(rpc, server.address(), expired ? timeout() : status));
  }

  private void failInterrupted(String rpc, Link server) {
    fail(
        OperationException.light(
            FailureKind.INTERNAL, rpc + " at " + server.address() + ": interrupted"));
  }

  private static Status timeout() {
    return Status.DEADLINE_EXCEEDED.withDescription("no answer within the client's deadline");
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
  <Q, R> void ask(Link server, MethodDescriptor<Q, R> method, Q request, Consumer<R> then) {
    begin(
        server,
        method,
        transport.callOptions(),
        call -> sendOnly(call, request, new Answer<>(server, method, then)));
  }

  /** As {@link #ask}, for what changes nothing: asks again where the settings say so. */
  <Q, R> void query(Link server, MethodDescriptor<Q, R> method, Q request, Consumer<R> then) {
    query(server, method, request, then, 0);
  }

  private <Q, R> void query(
      Link server, MethodDescriptor<Q, R> method, Q request, Consumer<R> then, int retriesMade) {
    begin(
        server,
        method,
        transport.callOptions(),
        call ->
            sendOnly(
                call,
                request,
                new Answer<>(server, method, then) {
                  @Override
                  boolean retry(Status status) {
                    return retryLater(
                        status,
                        Stage.MASTER_RPC,
                        retriesMade,
                        server,
                        () -> query(server, method, request, then, retriesMade + 1));
                  }
                }));
  }

  /**
   * Makes a call that failed once more, after a back-off, if the settings allow it.
   *
   * @param during what the call was at when it failed
   * @param retriesMade of this call so far
   * @return whether it will be made
   */
  boolean retryLater(Status status, Stage during, int retriesMade, Link server, Runnable again) {
    boolean temporary = status.getCode() == Status.Code.UNAVAILABLE;
    if (!temporary || aborted || !transport.retries().allowed(retriesMade)) {
      return false;
    }
    trace.retry(Failures.kind(status.getCode()));
    endStage(connecting ? Stage.CONNECT : during);
    transport
        .retries()
        .later(
            retriesMade,
            () -> {
              endStage(Stage.BACK_OFF);
              proceed(again);
            },
            () ->
                fail("retry", server, Status.UNAVAILABLE.withDescription("the client was closed")));
    return true;
  }

  /** What the calls of this operation begin with. */
  CallOptions callOptions() {
    return transport.callOptions();
  }

  /** Starts a call of this operation as soon as a connection may take it. */
  <Q, R> void begin(
      Link server, MethodDescriptor<Q, R> method, CallOptions options, CallStart<Q, R> start) {
    server.enter(
        (freeLane, waited) -> {
          lane = freeLane;
          link = server;
          if (waited) {
            endStage(Stage.QUEUE);
          }
          if (aborted) {
            release();
            failInterrupted(method.getBareMethodName(), server);
            return;
          }
          try {
            begin(lane.channel().newCall(method, noticingConnection(options)), start);
          } catch (RuntimeException e) {
            release();
            fail(e);
          }
        });
  }

  /** Ends stage CONNECT when the call has a connection, if there is none yet. */
  private CallOptions noticingConnection(CallOptions options) {
    connecting = lane.channel().getState(false) != ConnectivityState.READY;
    return connecting ? options.withStreamTracerFactory(new Connecting()) : options;
  }

  private <Q, R> void begin(ClientCall<Q, R> call, CallStart<Q, R> start) {
    trace.roundTrip();
    callStart = stageStart;
    current = call;
    transport.deadlines().add(this);
    start.start(call);
    if (aborted) {
      cancel(call);
    }
  }

  /**
   * A call has ended: its place is free, its deadline is met. Every listener begins its end so; a
   * second time does nothing.
   */
  void release() {
    Lane held = lane;
    if (held != null) {
      lane = null;
      transport.deadlines().remove(this);
      link.leave(held);
    }
  }

  @Override
  void expire() {
    expired = true;
    current.cancel("the deadline has passed", null);
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
          return result.get();
        } catch (InterruptedException e) {
          interrupted = true;
          abort();
        } catch (ExecutionException e) {
          throw (OperationException) e.getCause();
        }
      }
    } finally {
      endStage(Stage.CLOSE);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void abort() {
    aborted = true;
    ClientCall<?, ?> call = current;
    if (call != null) {
      cancel(call);
    }
  }

  private static void cancel(ClientCall<?, ?> call) {
    call.cancel("the operation was interrupted", null);
  }

  /** Told by gRPC when a connection takes the call. */
  private final class Connecting extends ClientStreamTracer.Factory {

    @Override
    public ClientStreamTracer newClientStreamTracer(
        ClientStreamTracer.StreamInfo info, Metadata headers) {
      return new ClientStreamTracer() {
        @Override
        public void streamCreated(Attributes transport, Metadata sent) {
          connecting = false;
          endStage(Stage.CONNECT);
          callStart = stageStart;
        }
      };
    }
  }

  /** Starts a new call and sends what there is to send. */
  @FunctionalInterface
  interface CallStart<Q, R> {
    void start(ClientCall<Q, R> call);
  }

  /** Starts a call, sends the one request there is and lets all answers come. */
  <Q, R> void sendOnly(ClientCall<Q, R> call, Q request, ClientCall.Listener<R> listener) {
    call.start(listener, headers());
    call.request(Integer.MAX_VALUE);
    call.sendMessage(request);
    call.halfClose();
  }

  /** Continues the operation with the only message of a unary call. */
  private class Answer<R> extends ClientCall.Listener<R> {

    private final Link server;
    private final MethodDescriptor<?, R> method;
    private final Consumer<R> then;
    private R message;

    Answer(Link server, MethodDescriptor<?, R> method, Consumer<R> then) {
      this.server = server;
      this.method = method;
      this.then = then;
    }

    /** Whether the call is made again. */
    boolean retry(Status status) {
      return false;
    }

    @Override
    public void onMessage(R answer) {
      message = answer;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      release();
      if (!status.isOk() && retry(status)) {
        return;
      }
      endCall(Stage.MASTER_RPC, trailers);
      if (!status.isOk()) {
        fail(method.getBareMethodName(), server, status);
      } else if (message == null) {
        fail(
            method.getBareMethodName(),
            server,
            Status.INTERNAL.withDescription("ended without an answer"));
      } else {
        finish();
      }
    }

    private void finish() {
      try {
        then.accept(message);
      } catch (RuntimeException e) {
        fail(e);
      }
    }
  }
}
