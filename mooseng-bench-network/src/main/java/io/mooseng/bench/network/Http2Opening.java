package io.mooseng.bench.network;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The first frames of an HTTP/2 connection (RFC 9113, sections 3.4 and 4.1): both sides send
 * SETTINGS and acknowledge the other's. Used by one thread.
 */
final class Http2Opening {

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final int HEADER_BYTES = 9;
  private static final int SETTINGS = 4;
  private static final int GOAWAY = 7;
  private static final int ACK = 1;

  /** The largest frame that a peer may send unless we allow more (section 6.5.2). */
  private static final int LARGEST_FRAME_BYTES = 16_384;

  private final DataInputStream in;
  private final OutputStream out;
  private boolean settings;
  private boolean acknowledged;

  Http2Opening(DataInputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Sends the client's preface: a fixed text and SETTINGS, here without any. */
  void open() throws IOException {
    byte[] bytes = new byte[PREFACE.length + HEADER_BYTES];
    System.arraycopy(PREFACE, 0, bytes, 0, PREFACE.length);
    bytes[PREFACE.length + 3] = SETTINGS;
    out.write(bytes);
    out.flush();
  }

  /** Waits for the server's SETTINGS. */
  void awaitSettings() throws IOException {
    while (!settings) {
      readFrame();
    }
  }

  /** Waits until the server has acknowledged ours. */
  void awaitAcknowledgement() throws IOException {
    while (!acknowledged) {
      readFrame();
    }
  }

  private void readFrame() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    in.readInt();
    if (length > LARGEST_FRAME_BYTES) {
      throw new IOException("no HTTP/2 server: a first frame of " + length + " B");
    }
    in.skipNBytes(length);
    if (type == GOAWAY) {
      throw new IOException("the server ended the connection by GOAWAY");
    }
    if (type == SETTINGS) {
      boolean ack = (flags & ACK) != 0;
      acknowledged |= ack;
      settings |= !ack;
    }
  }
}
