package io.mooseng.bench.core.measure;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.zip.CRC32C;

/**
 * One TCP connection that moves bytes as fast as plain blocking sockets do: the ceiling that a
 * transfer over a protocol is held against. Both sides compute the CRC32C of every byte, as the
 * protocol's two sides do, and compare it at the end.
 *
 * <p>A transfer is a request (one byte of direction, eight of length), the content from one direct
 * buffer of {@link #BUFFER_BYTES}, the sender's CRC32C in four bytes, and one byte of
 * acknowledgement. Used by one thread at a time.
 */
public final class RawStream implements AutoCloseable {

  /** Large enough that the cost of a system call disappears in the cost of its copy. */
  public static final int BUFFER_BYTES = 256 * 1024;

  private static final byte RECEIVE = 'r';
  private static final byte SEND = 's';
  private static final byte ACKNOWLEDGED = 'a';
  private static final int REQUEST_BYTES = Byte.BYTES + Long.BYTES;

  private final SocketChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ByteBuffer control = ByteBuffer.allocateDirect(REQUEST_BYTES);

  private RawStream(SocketChannel channel) throws IOException {
    this.channel = channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    for (int i = 0; i < BUFFER_BYTES; i++) {
      buffer.put(i, (byte) (i * 31 + (i >> 8)));
    }
  }

  /** Connects to a {@link RawStreamPeer}. */
  public static RawStream connect(InetSocketAddress peer) throws IOException {
    return new RawStream(SocketChannel.open(peer));
  }

  static RawStream accepted(SocketChannel channel) throws IOException {
    return new RawStream(channel);
  }

  /**
   * Has the peer send {@code bytes}, and returns when they have arrived and were verified.
   *
   * @throws IOException if the connection breaks, or what arrived is not what was sent
   */
  public void receive(long bytes) throws IOException {
    request(RECEIVE, bytes);
    takeContent(bytes);
  }

  /** Sends {@code bytes}, and returns when the peer has verified them. */
  public void send(long bytes) throws IOException {
    request(SEND, bytes);
    giveContent(bytes);
  }

  /** The peer's side: serves transfers until the other side hangs up. */
  void serve() throws IOException {
    while (true) {
      control.clear().limit(REQUEST_BYTES);
      if (channel.read(control) < 0) {
        return;
      }
      fill(control);
      control.flip();
      byte direction = control.get();
      long bytes = control.getLong();
      if (direction == RECEIVE) {
        giveContent(bytes);
      } else {
        takeContent(bytes);
      }
    }
  }

  private void request(byte direction, long bytes) throws IOException {
    drain(control.clear().put(direction).putLong(bytes).flip());
  }

  private void giveContent(long bytes) throws IOException {
    CRC32C crc = new CRC32C();
    for (long left = bytes; left > 0; ) {
      buffer.clear().limit((int) Math.min(BUFFER_BYTES, left));
      left -= buffer.remaining();
      crc.update(buffer);
      drain(buffer.flip());
    }
    drain(control.clear().putInt((int) crc.getValue()).flip());
    fill(control.clear().limit(Byte.BYTES));
    if (control.get(0) != ACKNOWLEDGED) {
      throw new IOException("the peer did not acknowledge the transfer");
    }
  }

  private void takeContent(long bytes) throws IOException {
    CRC32C crc = new CRC32C();
    for (long left = bytes; left > 0; ) {
      buffer.clear().limit((int) Math.min(BUFFER_BYTES, left));
      if (channel.read(buffer) < 0) {
        throw new EOFException("the peer hung up with " + left + " bytes to come");
      }
      buffer.flip();
      left -= buffer.remaining();
      crc.update(buffer);
    }
    fill(control.clear().limit(Integer.BYTES));
    if (control.flip().getInt() != (int) crc.getValue()) {
      throw new IOException("the CRC32C of what arrived is not that of what was sent");
    }
    drain(control.clear().put(ACKNOWLEDGED).flip());
  }

  private void drain(ByteBuffer from) throws IOException {
    while (from.hasRemaining()) {
      channel.write(from);
    }
  }

  private void fill(ByteBuffer into) throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into) < 0) {
        throw new EOFException("the peer hung up during a transfer");
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
