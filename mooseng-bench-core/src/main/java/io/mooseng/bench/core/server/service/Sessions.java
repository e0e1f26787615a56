package io.mooseng.bench.core.server.service;

import io.grpc.Status;
import io.mooseng.bench.proto.CreateSessionRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sessions of clients and the files they hold open. A session lives for {@link #LIFETIME} from
 * its last use or renewal, and is lost when the server restarts. Safe for use by any number of
 * threads.
 */
public final class Sessions {

  /** How long an unused session is kept. */
  public static final Duration LIFETIME = Duration.ofHours(1);

  /** A client may not keep a session longer than this without a sign of life. */
  private static final Duration MAX_EXTENSION = Duration.ofDays(1);

  private static final int SWEEP_ABOVE = 1_000;

  /** A session; {@code expires} moves while it is used. */
  static final class Session {
    final long id;
    final CreateSessionRequest request;
    final Instant created;
    private final Map<Long, Long> inodeByHandle = new ConcurrentHashMap<>();
    private volatile Instant expires;

    private Session(long id, CreateSessionRequest request, Instant created, Instant expires) {
      this.id = id;
      this.request = request;
      this.created = created;
      this.expires = expires;
    }

    Instant expires() {
      return expires;
    }

    int openFiles() {
      return inodeByHandle.size();
    }
  }

  private final Map<Long, Session> sessions = new ConcurrentHashMap<>();
  private final AtomicLong lastHandle = new AtomicLong();
  private final Clock clock;

  public Sessions(Clock clock) {
    this.clock = clock;
  }

  Session create(CreateSessionRequest request) {
    Instant now = clock.instant();
    if (sessions.size() > SWEEP_ABOVE) {
      sessions.values().removeIf(session -> session.expires.isBefore(now));
    }
    while (true) {
      long id = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
      Session session = new Session(id, request, now, now.plus(LIFETIME));
      if (sessions.putIfAbsent(id, session) == null) {
        return session;
      }
    }
  }

  /**
   * The session of a request, which is thereby in use.
   *
   * @throws io.grpc.StatusRuntimeException UNAUTHENTICATED if there is none, it expired, or the id
   *     is 0
   */
  Session use(long id) {
    Session session = sessions.get(id);
    Instant now = clock.instant();
    if (session == null || session.expires.isBefore(now)) {
      sessions.remove(id);
      throw Status.UNAUTHENTICATED
          .withDescription(
              "session " + Long.toUnsignedString(id) + " is unknown or expired; call CreateSession")
          .asRuntimeException();
    }
    Instant later = now.plus(LIFETIME);
    if (later.isAfter(session.expires)) {
      session.expires = later;
    }
    return session;
  }

  /**
   * As {@link #use}, for a request that changes something.
   *
   * @throws io.grpc.StatusRuntimeException PERMISSION_DENIED for a session that said it is
   *     read-only
   */
  Session useForChange(long id) {
    Session session = use(id);
    if (session.request.getOptions().getReadOnly()) {
      throw Status.PERMISSION_DENIED
          .withDescription("session " + id + " is read-only")
          .asRuntimeException();
    }
    return session;
  }

  /** Moves the end of a session to {@code extension} from now, if that is later. */
  Instant renew(long id, Duration extension) {
    Session session = use(id);
    Duration bounded = extension.compareTo(MAX_EXTENSION) > 0 ? MAX_EXTENSION : extension;
    Instant later = clock.instant().plus(bounded);
    if (later.isAfter(session.expires)) {
      session.expires = later;
    }
    return session.expires;
  }

  void close(Session session) {
    sessions.remove(session.id);
  }

  long openFile(Session session, long inode) {
    long handle = lastHandle.incrementAndGet();
    session.inodeByHandle.put(handle, inode);
    return handle;
  }

  /** The inode a handle stood for; absent if this session has no such handle. */
  Optional<Long> closeFile(Session session, long handle) {
    return Optional.ofNullable(session.inodeByHandle.remove(handle));
  }
}
