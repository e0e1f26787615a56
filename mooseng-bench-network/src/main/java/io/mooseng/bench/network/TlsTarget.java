package io.mooseng.bench.network;

import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.target.grpc.RpcAccess;
import java.io.IOException;

/** A target that is reached by TLS, and the client that reaches it. */
final class TlsTarget implements AutoCloseable {

  private final TargetSession session;
  private final RpcAccess rpcs;
  private final TlsClient client;

  private TlsTarget(TargetSession session, RpcAccess rpcs, TlsClient client) {
    this.session = session;
    this.rpcs = rpcs;
    this.client = client;
  }

  /** Opens the target of this trial; ends the trial if it is not reached by TLS. */
  static TlsTarget open() {
    TargetSession session = TargetSession.open();
    try {
      RpcAccess rpcs = Rpcs.of(session);
      if (rpcs.tls().isEmpty()) {
        throw session.failed(
            FailureKind.FAILED_PRECONDITION, "the target is reached without TLS: give --tls-ca");
      }
      return new TlsTarget(session, rpcs, new TlsClient(rpcs.tls().get()));
    } catch (IOException e) {
      session.close();
      throw session.failed(FailureKind.INVALID, e.getMessage());
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  TargetSession session() {
    return session;
  }

  Target target() {
    return session.target();
  }

  TlsClient client() {
    return client;
  }

  /** A connection that is not made yet. */
  RawConnection connection() {
    return new RawConnection(rpcs);
  }

  @Override
  public void close() {
    session.close();
  }
}
