package io.mooseng.bench.network;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a TLS server decided, as it said in plain text before the encrypted part of the handshake
 * began (RFC 8446, section 4.1.3). It is the proof of how a handshake was made: the client's own
 * library says little of that.
 *
 * @param version 0x0304 for TLS 1.3
 * @param resumed whether it took one of the client's tickets, so that no certificate was sent
 * @param retried whether it first asked the client for another key share, which costs a round trip
 */
record ServerHello(int version, boolean resumed, boolean retried) {

  static final int TLS_1_3 = 0x0304;

  private static final int RECORD_HEADER_BYTES = 5;
  private static final int HANDSHAKE_HEADER_BYTES = 4;
  private static final int HANDSHAKE_RECORD = 22;
  private static final int SERVER_HELLO = 2;
  private static final int RANDOM_BYTES = 32;
  private static final int SUPPORTED_VERSIONS = 43;
  private static final int PRE_SHARED_KEY = 41;

  /** The random of a HelloRetryRequest: SHA-256 of that name (same section). */
  private static final ByteBuffer RETRY =
      ByteBuffer.wrap(
          HexFormat.of()
              .parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c"));

  /**
   * Reads the first ServerHello that decides.
   *
   * @param received all that the server sent from the beginning of the connection, or the first
   *     part of it
   * @return empty if it is not (all) there
   */
  static Optional<ServerHello> in(ByteBuffer received) {
    ByteBuffer bytes = received.duplicate();
    boolean retried = false;
    while (bytes.remaining() >= RECORD_HEADER_BYTES) {
      int type = bytes.get();
      bytes.getShort();
      int length = Short.toUnsignedInt(bytes.getShort());
      if (bytes.remaining() < length) {
        return Optional.empty();
      }
      ByteBuffer content = bytes.slice(bytes.position(), length);
      bytes.position(bytes.position() + length);
      if (type == HANDSHAKE_RECORD
          && length > HANDSHAKE_HEADER_BYTES
          && content.get(0) == SERVER_HELLO) {
        content.position(HANDSHAKE_HEADER_BYTES);
        if (isRetry(content)) {
          retried = true;
        } else {
          return Optional.of(decided(content, retried));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isRetry(ByteBuffer hello) {
    return hello.remaining() >= Short.BYTES + RANDOM_BYTES
        && hello.slice(hello.position() + Short.BYTES, RANDOM_BYTES).equals(RETRY);
  }

  private static ServerHello decided(ByteBuffer hello, boolean retried) {
    int version = Short.toUnsignedInt(hello.getShort());
    hello.position(hello.position() + RANDOM_BYTES);
    int sessionId = Byte.toUnsignedInt(hello.get());
    // The cipher suite and the compression method follow.
    hello.position(hello.position() + sessionId + Short.BYTES + Byte.BYTES);
    boolean resumed = false;
    if (hello.remaining() >= Short.BYTES) {
      hello.getShort();
    }
    while (hello.remaining() >= 2 * Short.BYTES) {
      int extension = Short.toUnsignedInt(hello.getShort());
      int length = Short.toUnsignedInt(hello.getShort());
      if (extension == SUPPORTED_VERSIONS) {
        version = Short.toUnsignedInt(hello.getShort(hello.position()));
      }
      resumed |= extension == PRE_SHARED_KEY;
      hello.position(hello.position() + length);
    }
    return new ServerHello(version, resumed, retried);
  }
}
