package io.mooseng.bench.core.machine.ceiling;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Receives from one TCP connection over loopback as fast as its sender sends. All samples share the
 * connection, so that only the first one can see the congestion window open.
 */
final class LoopbackStreamProbe implements Probe {

  private final LoopbackPair pair = new LoopbackPair(LoopbackStreamProbe::send);
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK_BYTES);

  LoopbackStreamProbe() throws IOException {}

  private static void send(SocketChannel channel) throws IOException {
    ByteBuffer bytes = new RandomBytes(7).next(CHUNK_BYTES);
    while (channel.isOpen()) {
      channel.write(bytes.rewind());
    }
  }

  @Override
  public double sample(Duration length) throws IOException {
    receive(); // the socket's buffer may have filled up between samples
    long bytes = 0;
    long start = System.nanoTime();
    long elapsed;
    do {
      bytes += receive();
      elapsed = System.nanoTime() - start;
    } while (elapsed < length.toNanos());
    return bytes * NANOS_PER_SECOND / elapsed;
  }

  private int receive() throws IOException {
    int read = pair.near().read(buffer.clear());
    if (read < 0) {
      throw new EOFException("the loopback connection ended");
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    pair.close();
  }
}
