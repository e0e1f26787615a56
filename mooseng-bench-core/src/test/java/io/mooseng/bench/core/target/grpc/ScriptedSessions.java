package io.mooseng.bench.core.target.grpc;

import com.google.protobuf.Timestamp;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.mooseng.bench.proto.ClientServiceGrpc;
import io.mooseng.bench.proto.CloseSessionRequest;
import io.mooseng.bench.proto.CloseSessionResponse;
import io.mooseng.bench.proto.CreateSessionRequest;
import io.mooseng.bench.proto.CreateSessionResponse;
import io.mooseng.bench.proto.RenewSessionRequest;
import io.mooseng.bench.proto.RenewSessionResponse;
import io.mooseng.bench.proto.SessionInfo;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The sessions of a {@link ScriptedServer}. */
final class ScriptedSessions extends ClientServiceGrpc.ClientServiceImplBase {

  volatile int seconds = 3600;

  /** What a CreateSession fails with; null: it does not. */
  volatile Supplier<Status> failure = () -> null;

  /** Answers to CreateSession wait for this. */
  volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

  /** What the renewal of a session that is known fails with; null: it does not. */
  volatile Supplier<Status> renewalFailure = () -> null;

  /** Answers to RenewSession wait for this. */
  volatile CompletableFuture<Void> renewalGate = CompletableFuture.completedFuture(null);

  /** Takes what answers a CloseSession. */
  volatile Consumer<Runnable> closing = Runnable::run;

  /** The calls that end well where they would be answered, but with no answer. */
  final Set<String> mute = ConcurrentHashMap.newKeySet();

  private final Queue<String> calls;

  /** The only session that is known, whoever has it. */
  private final AtomicLong known;

  /**
   * @param calls where every call is noted
   */
  ScriptedSessions(Queue<String> calls, long first) {
    this.calls = calls;
    this.known = new AtomicLong(first);
  }

  boolean know(long session) {
    return session == known.get();
  }

  /** As after a restart: no session is known any more, and the next one has another number. */
  void forget() {
    known.incrementAndGet();
  }

  /** As a service; gRPC lets no call end well without an answer unless it may have many. */
  ServerServiceDefinition mayBeMute() {
    ServerServiceDefinition service = bindService();
    ServerServiceDefinition.Builder many =
        ServerServiceDefinition.builder(service.getServiceDescriptor().getName());
    service.getMethods().forEach(method -> many.addMethod(mayBeMute(method)));
    return many.build();
  }

  private static <Q, R> ServerMethodDefinition<Q, R> mayBeMute(
      ServerMethodDefinition<Q, R> method) {
    return ServerMethodDefinition.create(
        method.getMethodDescriptor().toBuilder().setType(MethodType.SERVER_STREAMING).build(),
        method.getServerCallHandler());
  }

  private <T> void answer(String rpc, StreamObserver<T> observer, T message) {
    if (mute.contains(rpc)) {
      observer.onCompleted();
    } else {
      ScriptedServer.answer(observer, message);
    }
  }

  @Override
  public void createSession(
      CreateSessionRequest request, StreamObserver<CreateSessionResponse> observer) {
    calls.add("CreateSession");
    Status status = failure.get();
    if (status != null) {
      ScriptedServer.fail(observer, status);
      return;
    }
    SessionInfo info =
        SessionInfo.newBuilder()
            .setCreated(Timestamp.newBuilder().setSeconds(1_000))
            .setExpires(Timestamp.newBuilder().setSeconds(1_000 + seconds))
            .build();
    CreateSessionResponse created =
        CreateSessionResponse.newBuilder().setSessionId(known.get()).setSessionInfo(info).build();
    gate.thenRun(() -> answer("CreateSession", observer, created));
  }

  @Override
  public void renewSession(
      RenewSessionRequest request, StreamObserver<RenewSessionResponse> observer) {
    calls.add("RenewSession " + request.getSessionId() + " " + request.getExtendSeconds());
    renewalGate.thenRun(() -> answerRenewal(request.getSessionId(), observer));
  }

  private void answerRenewal(long session, StreamObserver<RenewSessionResponse> observer) {
    Status status = know(session) ? renewalFailure.get() : Status.UNAUTHENTICATED;
    if (status != null) {
      ScriptedServer.fail(observer, status);
      return;
    }
    answer("RenewSession", observer, RenewSessionResponse.newBuilder().setSuccess(true).build());
  }

  @Override
  public void closeSession(
      CloseSessionRequest request, StreamObserver<CloseSessionResponse> observer) {
    calls.add("CloseSession " + request.getSessionId());
    CloseSessionResponse closed = CloseSessionResponse.newBuilder().setSuccess(true).build();
    closing.accept(() -> ScriptedServer.answer(observer, closed));
  }
}
