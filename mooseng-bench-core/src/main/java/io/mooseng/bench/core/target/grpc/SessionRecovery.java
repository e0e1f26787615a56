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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks a master that was lost and is there again for the session, and opens another where it has
 * forgotten it: a server that restarts may forget sessions. Belongs to no operation; those that
 * came between have failed and are counted.
 */
final class SessionRecovery {

  private static final int DEADLINE_SECONDS = 5;

  private final Session session;
  private final Link master;
  private final CreateSessionRequest request;

  /**
   * @param request opens a session as the driver did
   */
  SessionRecovery(Session session, Link master, CreateSessionRequest request) {
    this.session = session;
    this.master = master;
    this.request = request;
  }

  /** Starts to ask; does not wait. */
  void start() {
    RenewSessionRequest renewal =
        RenewSessionRequest.newBuilder()
            .setSessionId(session.id())
            .setExtendSeconds(session.lifeSeconds())
            .build();
    ask(
        ClientServiceGrpc.getRenewSessionMethod(),
        renewal,
        new Answer<RenewSessionResponse>(answer -> {}, this::replace));
  }

  private void replace(Status status) {
    if (status.getCode() == Status.Code.UNAVAILABLE) {
      return; // lost again: it is asked when it is there again
    }
    ask(
        ClientServiceGrpc.getCreateSessionMethod(),
        request,
        // A master that refuses shows in the next operation, whose session it does not know.
        new Answer<CreateSessionResponse>(
            answer -> session.replace(answer.getSessionId()), refused -> {}));
  }

  private <Q, R> void ask(MethodDescriptor<Q, R> method, Q message, StreamObserver<R> answer) {
    ClientCall<Q, R> call =
        master
            .channel()
            .newCall(
                method, CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS));
    ClientCalls.asyncUnaryCall(call, message, answer);
  }

  /** What comes of one call. */
  private record Answer<R>(Consumer<R> success, Consumer<Status> failure)
      implements StreamObserver<R> {

    @Override
    public void onNext(R message) {
      success.accept(message);
    }

    @Override
    public void onError(Throwable error) {
      failure.accept(Status.fromThrowable(error));
    }

    @Override
    public void onCompleted() {}
  }
}
