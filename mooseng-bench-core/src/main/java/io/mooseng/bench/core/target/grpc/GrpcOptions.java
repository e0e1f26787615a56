package io.mooseng.bench.core.target.grpc;

import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.wire.TransportTuning;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How the client connects and calls.
 *
 * @param deadline of each call, from its start to its last byte
 * @param connectTimeout until a server must have answered when the driver is opened
 * @param maxInboundMessage largest message accepted from a server
 * @param flowControlWindow bytes a peer may send ahead, per stream and per connection; empty leaves
 *     it to gRPC's bandwidth-delay estimate
 * @param tls empty for plaintext
 */
public record GrpcOptions(
    Duration deadline,
    Duration connectTimeout,
    ByteSize maxInboundMessage,
    Optional<ByteSize> flowControlWindow,
    Optional<TlsFiles> tls) {

  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);
  private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Above gRPC's 4 MiB default, so that a server with large frames is measured, not refused. */
  private static final ByteSize DEFAULT_MAX_INBOUND = new ByteSize(16 << 20);

  private static final ByteSize DEFAULT_WINDOW =
      new ByteSize(TransportTuning.FLOW_CONTROL_WINDOW_BYTES);

  /** The smallest window HTTP/2 starts with (RFC 9113, section 6.9.2). */
  private static final long MIN_WINDOW_BYTES = 65_535;

  public GrpcOptions {
    requirePositive("deadline", deadline);
    requirePositive("connect timeout", connectTimeout);
    requireWithin("max inbound message", maxInboundMessage.bytes(), 1);
    flowControlWindow.ifPresent(
        window -> requireWithin("flow-control window", window.bytes(), MIN_WINDOW_BYTES));
    Objects.requireNonNull(tls);
  }

  public static GrpcOptions defaults() {
    return new GrpcOptions(
        DEFAULT_DEADLINE,
        DEFAULT_CONNECT_TIMEOUT,
        DEFAULT_MAX_INBOUND,
        Optional.of(DEFAULT_WINDOW),
        Optional.empty());
  }

  public GrpcOptions withDeadline(Duration value) {
    return new GrpcOptions(value, connectTimeout, maxInboundMessage, flowControlWindow, tls);
  }

  public GrpcOptions withConnectTimeout(Duration value) {
    return new GrpcOptions(deadline, value, maxInboundMessage, flowControlWindow, tls);
  }

  public GrpcOptions withFlowControlWindow(Optional<ByteSize> value) {
    return new GrpcOptions(deadline, connectTimeout, maxInboundMessage, value, tls);
  }

  public GrpcOptions withTls(TlsFiles value) {
    return new GrpcOptions(
        deadline, connectTimeout, maxInboundMessage, flowControlWindow, Optional.of(value));
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          name + " " + value + " is not accepted; accepted: a positive duration");
    }
  }

  private static void requireWithin(String name, long bytes, long least) {
    if (bytes < least || bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          name + " " + bytes + " B is not accepted; accepted: " + least + " to 2147483647 B");
    }
  }
}
