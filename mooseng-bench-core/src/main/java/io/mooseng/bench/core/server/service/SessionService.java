package io.mooseng.bench.core.server.service;

import io.grpc.stub.StreamObserver;
import io.mooseng.bench.core.server.namespace.Timestamps;
import io.mooseng.bench.proto.ClientServiceGrpc;
import io.mooseng.bench.proto.CloseSessionRequest;
import io.mooseng.bench.proto.CloseSessionResponse;
import io.mooseng.bench.proto.CreateSessionRequest;
import io.mooseng.bench.proto.CreateSessionResponse;
import io.mooseng.bench.proto.MountOptions;
import io.mooseng.bench.proto.RenewSessionRequest;
import io.mooseng.bench.proto.RenewSessionResponse;
import io.mooseng.bench.proto.ServerType;
import io.mooseng.bench.proto.SessionInfo;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** ClientService: sessions. Mounts and caches belong to a client and are not implemented. */
public final class SessionService extends ClientServiceGrpc.ClientServiceImplBase {

  /** The custom option in a session's info that says what answered. */
  public static final String IMPLEMENTATION_OPTION = "implementation";

  private final Sessions sessions;
  private final ServerDirectory directory;
  private final String implementation;

  public SessionService(Sessions sessions, ServerDirectory directory, String implementation) {
    this.sessions = sessions;
    this.directory = directory;
    this.implementation = implementation;
  }

  @Override
  public void createSession(
      CreateSessionRequest request, StreamObserver<CreateSessionResponse> observer) {
    Calls.answer(
        observer,
        () -> {
          Sessions.Session session = sessions.create(request);
          return CompletableFuture.completedFuture(
              CreateSessionResponse.newBuilder()
                  .setSessionId(session.id)
                  .setSessionInfo(info(session))
                  .addMasters(directory.self(ServerType.SERVER_TYPE_MASTER))
                  .addRegions(directory.region())
                  .build());
        });
  }

  private SessionInfo info(Sessions.Session session) {
    MountOptions options =
        session.request.getOptions().toBuilder()
            .putCustomOptions(IMPLEMENTATION_OPTION, implementation)
            .build();
    return SessionInfo.newBuilder()
        .setSessionId(session.id)
        .setClientId(session.request.getClientId())
        .setCreated(Timestamps.of(session.created))
        .setExpires(Timestamps.of(session.expires()))
        .setOptions(options)
        .setAssignedMaster(directory.address().toString())
        .setClientRegion(session.request.getClientRegion())
        .build();
  }

  @Override
  public void renewSession(
      RenewSessionRequest request, StreamObserver<RenewSessionResponse> observer) {
    Calls.answer(
        observer,
        () -> {
          long seconds = Integer.toUnsignedLong(request.getExtendSeconds());
          Duration extension = seconds == 0 ? Sessions.LIFETIME : Duration.ofSeconds(seconds);
          return CompletableFuture.completedFuture(
              RenewSessionResponse.newBuilder()
                  .setSuccess(true)
                  .setNewExpiry(Timestamps.of(sessions.renew(request.getSessionId(), extension)))
                  .build());
        });
  }

  /** Without {@code force}, a session that holds files open stays, and its handles are counted. */
  @Override
  public void closeSession(
      CloseSessionRequest request, StreamObserver<CloseSessionResponse> observer) {
    Calls.answer(
        observer,
        () -> {
          Sessions.Session session = sessions.use(request.getSessionId());
          boolean closing = request.getForce() || session.openFiles() == 0;
          if (closing) {
            sessions.close(session);
          }
          return CompletableFuture.completedFuture(
              CloseSessionResponse.newBuilder()
                  .setSuccess(closing)
                  .setPendingOperations(closing ? 0 : session.openFiles())
                  .build());
        });
  }
}
