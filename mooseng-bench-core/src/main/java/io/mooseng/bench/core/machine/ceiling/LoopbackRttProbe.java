package io.mooseng.bench.core.machine.ceiling;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Sends one byte over loopback and waits for its echo, one at a time. */
final class LoopbackRttProbe implements Probe {

  private final LoopbackPair pair = new LoopbackPair(LoopbackRttProbe::echo);
  private final ByteBuffer ping = ByteBuffer.allocateDirect(1);

  LoopbackRttProbe() throws IOException {}

  private static void echo(SocketChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(1);
    while (channel.read(bytes.clear()) > 0) {
      channel.write(bytes.flip());
    }
  }

  @Override
  public double sample(Duration length) throws IOException {
    Durations durations = new Durations();
    long start = System.nanoTime();
    long now = start;
    do {
      pair.near().write(ping.clear());
      if (pair.near().read(ping.clear()) < 0) {
        throw new EOFException("the loopback connection ended");
      }
      long after = System.nanoTime();
      durations.add(after - now);
      now = after;
    } while (now - start < length.toNanos());
    return durations.median();
  }

  @Override
  public void close() throws IOException {
    pair.close();
  }
}
