package io.mooseng.bench.network;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.grpc.RpcAccess;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * A connection to the target without gRPC: TCP, then TLS if it is asked for, then the first frames
 * of HTTP/2. Used by one thread.
 *
 * <p>It is closed by a reset, so that thousands of them do not use up the ports of the client,
 * which after an orderly end are kept for a minute (TIME_WAIT, RFC 9293, section 3.6.1).
 */
final class RawConnection implements AutoCloseable {

  private static final String HTTP_2 = "h2";

  private final RpcAccess rpcs;
  private final TappedSocket socket = new TappedSocket();
  private SSLSocket encrypted;
  private Http2Opening http2;

  RawConnection(RpcAccess rpcs) {
    this.rpcs = rpcs;
  }

  /** What may fail while a connection is made. */
  @FunctionalInterface
  private interface Step {
    void perform() throws IOException, OperationException;
  }

  /** Makes the TCP connection. */
  void connect(OperationTrace trace) throws OperationException {
    timed(
        Stage.CONNECT,
        trace,
        () -> {
          int timeoutMillis = (int) rpcs.connectTimeout().toMillis();
          socket.connect(rpcs.address(), timeoutMillis);
          socket.setSoTimeout(timeoutMillis);
          socket.setTcpNoDelay(true);
        });
  }

  /** Performs the TLS handshake until the client's part of it is done. */
  void handshake(SSLContext context, OperationTrace trace) throws OperationException {
    timed(
        Stage.TLS,
        trace,
        () -> {
          // The port of the server keeps the tickets of several servers of one host apart.
          encrypted =
              (SSLSocket)
                  context
                      .getSocketFactory()
                      .createSocket(socket, rpcs.host(), socket.getPort(), false);
          SSLParameters parameters = encrypted.getSSLParameters();
          parameters.setApplicationProtocols(new String[] {HTTP_2});
          parameters.setEndpointIdentificationAlgorithm("HTTPS");
          encrypted.setSSLParameters(parameters);
          encrypted.startHandshake();
        });
  }

  /** Says in HTTP/2 who we are, and waits until the server has said who it is. */
  void settings(OperationTrace trace) throws OperationException {
    timed(
        Stage.FIRST_BYTE,
        trace,
        () -> {
          trace.roundTrip();
          http2().open();
          http2().awaitSettings();
        });
  }

  /** Waits until the server has taken our settings as well. */
  void settingsAcknowledged(OperationTrace trace) throws OperationException {
    timed(Stage.FIRST_BYTE, trace, () -> http2().awaitAcknowledgement());
  }

  private Http2Opening http2() throws IOException {
    if (http2 == null) {
      Socket open = encrypted == null ? socket : encrypted;
      OutputStream out = open.getOutputStream();
      http2 =
          new Http2Opening(
              new DataInputStream(new BufferedInputStream(open.getInputStream())), out);
    }
    return http2;
  }

  private void timed(Stage stage, OperationTrace trace, Step step) throws OperationException {
    long start = Ticker.SYSTEM.nanoTime();
    try {
      step.perform();
      trace.add(stage, Ticker.SYSTEM.nanoTime() - start);
    } catch (IOException e) {
      throw failure(stage, e);
    }
  }

  private OperationException failure(Stage stage, IOException e) {
    String message = "%s to %s: %s".formatted(stage.label(), rpcs.host(), e.getMessage());
    if (e instanceof SocketTimeoutException) {
      return OperationException.light(FailureKind.TIMEOUT, message);
    }
    boolean refused = e instanceof SSLException && !(e.getCause() instanceof SocketException);
    return OperationException.light(
        refused ? FailureKind.UNAUTHENTICATED : FailureKind.UNAVAILABLE, message);
  }

  /**
   * Makes sure of a handshake, after its time was taken: that it was TLS 1.3 in one round trip, in
   * the way it should be, and that the server accepted it.
   *
   * <p>In TLS 1.3 the client is done before the server is; only what the server sends afterwards
   * shows that it accepted the client. That comes after the tickets, which the client needs to
   * resume.
   *
   * @param resumed whether it should have been resumed, else a full one
   * @param mutual whether the client should have shown a certificate
   * @throws OperationException FAILED_PRECONDITION, saying what was different
   */
  void confirm(boolean resumed, boolean mutual) throws OperationException {
    Optional<ServerHello> said = ServerHello.in(socket.firstBytes());
    require(said.isPresent(), "the server's ServerHello was not found in what it sent");
    ServerHello hello = said.get();
    require(
        hello.version() == ServerHello.TLS_1_3,
        "the server speaks version 0x%04x, not TLS 1.3".formatted(hello.version()));
    require(!hello.retried(), "the server asked for another key share: one more round trip");
    require(
        hello.resumed() == resumed,
        resumed
            ? "not resumed: the server made a full handshake"
            : "not a full handshake: the server resumed a session");
    SSLSession session = encrypted.getSession();
    boolean shown = session.getLocalCertificates() != null;
    require(shown || !mutual, "the server did not ask for the client's certificate");
    require(
        HTTP_2.equals(encrypted.getApplicationProtocol()),
        "the server did not choose HTTP/2 but '" + encrypted.getApplicationProtocol() + "'");
    settings(new OperationTrace());
  }

  private void require(boolean condition, String otherwise) throws OperationException {
    if (!condition) {
      throw OperationException.light(
          FailureKind.FAILED_PRECONDITION, rpcs.host() + ": " + otherwise);
    }
  }

  @Override
  public void close() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It is not used any more; the kernel ends it anyway.
    }
  }
}
