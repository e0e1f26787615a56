package io.mooseng.bench.core.target.grpc;

import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.proto.ClientServiceGrpc;
import io.mooseng.bench.proto.CreateSessionRequest;
import io.mooseng.bench.proto.CreateSessionResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The first contact with a server, and an honest word on why it failed. */
final class Opening {

  private Opening() {}

  /**
   * Connects a socket and nothing more.
   *
   * @throws OperationException UNAVAILABLE, naming address and cause
   */
  static Socket connect(HostPort address, Duration timeout) throws OperationException {
    InetSocketAddress resolved = resolve(address);
    Socket socket = new Socket();
    try {
      socket.connect(resolved, (int) timeout.toMillis());
      return socket;
    } catch (IOException e) {
      closeQuietly(socket);
      throw unavailable(address, cause(e, timeout));
    }
  }

  /**
   * @throws OperationException UNAVAILABLE if the host has no address
   */
  static InetSocketAddress resolve(HostPort address) throws OperationException {
    InetSocketAddress resolved = new InetSocketAddress(address.host(), address.port());
    if (resolved.isUnresolved()) {
      throw unavailable(address, "the host name cannot be resolved");
    }
    return resolved;
  }

  private static String cause(IOException e, Duration timeout) {
    if (e instanceof SocketTimeoutException) {
      return "no TCP connection within " + seconds(timeout);
    }
    return e instanceof ConnectException && "Connection refused".equals(e.getMessage())
        ? "connection refused: nothing listens there"
        : String.valueOf(e.getMessage());
  }

  static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing was sent over it; the kernel ends it anyway.
    }
  }

  /**
   * Opens a session, which only a MooseNG master can answer.
   *
   * @throws OperationException UNAVAILABLE, PERMISSION_DENIED or UNAUTHENTICATED, naming address
   *     and cause
   */
  static CreateSessionResponse createSession(
      Link master, CreateSessionRequest request, Duration timeout) throws OperationException {
    try {
      return ClientCalls.blockingUnaryCall(
          master.channel(),
          ClientServiceGrpc.getCreateSessionMethod(),
          CallOptions.DEFAULT.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS),
          request);
    } catch (StatusRuntimeException e) {
      FailureKind kind = Failures.kind(e.getStatus().getCode());
      throw OperationException.light(
          refusesThisClient(kind) ? kind : FailureKind.UNAVAILABLE,
          message(master.address(), diagnose(e.getStatus(), timeout)));
    }
  }

  private static boolean refusesThisClient(FailureKind kind) {
    return kind == FailureKind.PERMISSION_DENIED || kind == FailureKind.UNAUTHENTICATED;
  }

  /** Puts a status into the words of somebody who typed an address. */
  static String diagnose(Status status, Duration timeout) {
    String text = Failures.describe(status);
    if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
      return "accepted the connection but did not answer within " + seconds(timeout);
    }
    if (text.contains("not SETTINGS")) {
      return startsWithHttp1(text)
          ? "is a plain HTTP server, not a gRPC server"
          : "does not speak gRPC without TLS: " + text;
    }
    if (text.contains("not an SSL/TLS record")) {
      return "does not speak TLS; accepted there: no TLS options";
    }
    if (text.contains("Network closed for unknown reason") || text.contains("Connection reset")) {
      return "closed the connection at the first message; it may want TLS, or is no gRPC server";
    }
    if (text.contains("content-type") || text.contains("HTTP status code")) {
      return "is a web server, not a gRPC server: " + text;
    }
    if (status.getCode() == Status.Code.UNIMPLEMENTED) {
      return "is a gRPC server but not MooseNG: " + text;
    }
    return text;
  }

  /** gRPC quotes the first bytes it received in hexadecimal; these are "HTTP". */
  private static boolean startsWithHttp1(String text) {
    return text.contains("48545450");
  }

  private static String seconds(Duration timeout) {
    return timeout.toMillis() / 1000.0 + " s";
  }

  private static OperationException unavailable(HostPort address, String cause) {
    return OperationException.light(FailureKind.UNAVAILABLE, message(address, cause));
  }

  private static String message(HostPort address, String cause) {
    return "mooseng://" + address + ": " + cause;
  }
}
