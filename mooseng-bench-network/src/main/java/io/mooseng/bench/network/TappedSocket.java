package io.mooseng.bench.network;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A socket that keeps the first bytes it receives. Used by one thread. */
final class TappedSocket extends Socket {

  /** More than all that a TLS server sends in plain text. */
  private static final int KEPT_BYTES = 4096;

  private final byte[] kept = new byte[KEPT_BYTES];
  private int count;
  private InputStream tapped;

  /** What was received first. */
  ByteBuffer firstBytes() {
    return ByteBuffer.wrap(kept, 0, count);
  }

  private void keep(byte[] bytes, int offset, int length) {
    int room = Math.min(length, KEPT_BYTES - count);
    System.arraycopy(bytes, offset, kept, count, room);
    count += room;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    if (tapped == null) {
      tapped = new Tap(super.getInputStream());
    }
    return tapped;
  }

  /** Passes on what it reads. */
  private final class Tap extends FilterInputStream {

    Tap(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      if (read > 0 && count < KEPT_BYTES) {
        keep(bytes, offset, read);
      }
      return read;
    }
  }
}
