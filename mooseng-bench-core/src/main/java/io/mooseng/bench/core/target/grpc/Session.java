package io.mooseng.bench.core.target.grpc;

import com.google.protobuf.Timestamp;
import io.grpc.CallOptions;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.mooseng.bench.proto.ClientServiceGrpc;
import io.mooseng.bench.proto.CloseSessionRequest;
import io.mooseng.bench.proto.CreateSessionRequest;
import io.mooseng.bench.proto.CreateSessionResponse;
import io.mooseng.bench.proto.RenewSessionRequest;
import io.mooseng.bench.proto.SessionInfo;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The session of one client: renewed at half of its life for as long as the driver is open, and
 * made anew where the master has forgotten it, by calls that belong to no operation. Safe for any
 * number of threads.
 */
final class Session implements AutoCloseable {

  private static final int CLOSE_DEADLINE_SECONDS = 2;

  /** Renewing more often than this would be load of its own. */
  private static final long LEAST_LIFE_MILLIS = 2_000;

  private final Transport transport;
  private final Link master;
  private volatile long id;
  private final long lifeMillis;
  private final ScheduledFuture<?> renewal;
  private final SessionRecovery recovery;

  /**
   * @param request what it was created with
   * @param patience how long a call that makes it anew may take; not the deadline of operations,
   *     which a benchmark may choose to be shorter than a session takes, or hours
   */
  Session(
      Transport transport,
      Link master,
      CreateSessionRequest request,
      CreateSessionResponse created,
      Duration patience) {
    this.transport = transport;
    this.master = master;
    this.id = created.getSessionId();
    this.lifeMillis = Math.max(LEAST_LIFE_MILLIS, lifeMillis(created.getSessionInfo()));
    this.renewal = expires(created.getSessionInfo()) ? renewPeriodically() : null;
    this.recovery = new SessionRecovery(this, master, request, patience, transport.sessionsLost());
    Reconnection.keep(master.channel(), transport.timer(), recovery::start);
  }

  long id() {
    return id;
  }

  /** The master has forgotten the session and opened another for this driver. */
  void replace(long newId) {
    id = newId;
  }

  /** An operation that began with session {@code usedId} was refused as unauthenticated. */
  void refused(long usedId) {
    if (usedId == id) {
      recovery.startAfterRefusal();
    }
  }

  /** Waits until the master was asked for the session, and gave another if it does not know it. */
  void confirm() {
    recovery.start().join();
  }

  int lifeSeconds() {
    return (int) TimeUnit.MILLISECONDS.toSeconds(lifeMillis);
  }

  private static boolean expires(SessionInfo info) {
    return info.hasCreated() && info.hasExpires();
  }

  /** By the server's clock alone, so that the clocks of client and server need not agree. */
  private static long lifeMillis(SessionInfo info) {
    return millis(info.getExpires()) - millis(info.getCreated());
  }

  private static long millis(Timestamp time) {
    return TimeUnit.SECONDS.toMillis(time.getSeconds())
        + TimeUnit.NANOSECONDS.toMillis(time.getNanos());
  }

  private ScheduledFuture<?> renewPeriodically() {
    return transport
        .timer()
        .scheduleAtFixedRate(this::renew, lifeMillis / 2, lifeMillis / 2, TimeUnit.MILLISECONDS);
  }

  /** A renewal that fails shows in the next operation, whose session has ended. */
  private void renew() {
    RenewSessionRequest request =
        RenewSessionRequest.newBuilder().setSessionId(id).setExtendSeconds(lifeSeconds()).build();
    ClientCalls.futureUnaryCall(
        master
            .channel()
            .newCall(
                ClientServiceGrpc.getRenewSessionMethod(),
                CallOptions.DEFAULT.withDeadlineAfter(lifeMillis / 2, TimeUnit.MILLISECONDS)),
        request);
  }

  /** Tells the server; if it cannot be told, the session expires there by itself. */
  @Override
  public void close() {
    recovery.close(); // Telling the server may connect again, which must not open a session.
    if (renewal != null) {
      renewal.cancel(false);
    }
    try {
      ClientCalls.blockingUnaryCall(
          master.channel(),
          ClientServiceGrpc.getCloseSessionMethod(),
          CallOptions.DEFAULT.withDeadlineAfter(CLOSE_DEADLINE_SECONDS, TimeUnit.SECONDS),
          CloseSessionRequest.newBuilder().setSessionId(id).build());
    } catch (StatusRuntimeException e) {
      // Nobody is left who could act on it.
    }
  }
}
