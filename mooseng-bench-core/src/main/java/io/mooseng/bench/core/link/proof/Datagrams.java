package io.mooseng.bench.core.link.proof;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.locks.LockSupport;

/** Numbered datagrams at a steady pace. */
final class Datagrams {

  /** Headers of IP and UDP. */
  static final int HEADER_BYTES = 28;

  private static final int NUMBER_BYTES = 4;

  /**
   * A sole processor must not spin: the receiver has to run meanwhile, or its buffer overflows, and
   * what is lost there would be taken for lost by the link.
   */
  private static final long SPIN_NANOS =
      Runtime.getRuntime().availableProcessors() > 1 ? 100_000 : 0;

  private Datagrams() {}

  /** Which numbers have been seen, so that copies do not count; a smaller number begins anew. */
  static final class Numbers {

    private final BitSet seen = new BitSet();

    boolean isNew(int number) {
      if (number == 0 && seen.get(0) && seen.cardinality() > 1) {
        seen.clear();
      }
      boolean fresh = !seen.get(number);
      seen.set(number);
      return fresh;
    }
  }

  /**
   * Sends {@code count} datagrams, numbered from 0. One that is late delays all that follow: to
   * make up for it would be a burst, which queues on the way may not hold.
   *
   * @param gapNanos at least, between the starts of two
   * @param bytes of each, without headers; at least 4
   */
  static void send(DatagramSocket socket, InetSocketAddress to, int count, long gapNanos, int bytes)
      throws IOException {
    ByteBuffer content = ByteBuffer.allocate(Math.max(NUMBER_BYTES, bytes));
    DatagramPacket packet = new DatagramPacket(content.array(), content.capacity(), to);
    long due = System.nanoTime();
    for (int i = 0; i < count; i++) {
      await(due);
      due = System.nanoTime() + gapNanos;
      content.putInt(0, i);
      socket.send(packet);
    }
  }

  private static void await(long due) {
    long wait = due - System.nanoTime();
    while (wait > 0) {
      if (wait > SPIN_NANOS) {
        LockSupport.parkNanos(wait - SPIN_NANOS);
      } else {
        Thread.onSpinWait();
      }
      wait = due - System.nanoTime();
    }
  }
}
