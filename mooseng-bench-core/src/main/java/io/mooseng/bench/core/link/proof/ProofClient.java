package io.mooseng.bench.core.link.proof;

import io.mooseng.bench.core.link.EmulatedNetwork;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** One connection to a proof server over the link. Used by one thread. */
final class ProofClient implements AutoCloseable {

  private static final int CONNECT_TIMEOUT_MILLIS = 30_000;

  /** A read that takes longer than this will not come. */
  private static final int READ_TIMEOUT_MILLIS = 60_000;

  /** How long the last datagrams are waited for beyond two round trips. */
  private static final long STRAGGLE_MILLIS = 200;

  private static final int UDP_BUFFER_BYTES = 4 << 20;

  private final EmulatedNetwork network;
  private final InetSocketAddress address;
  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final long dialled;
  private final long connected;

  private ProofClient(
      EmulatedNetwork network,
      InetSocketAddress address,
      Socket socket,
      long dialled,
      long connected)
      throws IOException {
    this.network = network;
    this.address = address;
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = new DataOutputStream(socket.getOutputStream());
    this.dialled = dialled;
    this.connected = connected;
  }

  static ProofClient connect(EmulatedNetwork network, InetSocketAddress address)
      throws IOException {
    return network.atClient(() -> connected(network, address));
  }

  private static ProofClient connected(EmulatedNetwork network, InetSocketAddress address)
      throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
      long dialled = System.nanoTime();
      socket.connect(address, CONNECT_TIMEOUT_MILLIS);
      return new ProofClient(network, address, socket, dialled, System.nanoTime());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** How long the connect took. */
  long connectNanos() {
    return connected - dialled;
  }

  /** From the start of the connect to the first byte that is answered; asks for that byte. */
  long firstAnswerNanos() throws IOException {
    ping();
    return System.nanoTime() - dialled;
  }

  /** Sends pings one after the other. */
  long[] pings(int count) throws IOException {
    long[] rttNanos = new long[count];
    for (int i = 0; i < count; i++) {
      rttNanos[i] = ping();
    }
    return rttNanos;
  }

  private long ping() throws IOException {
    long start = System.nanoTime();
    out.write(ProofServer.ECHO);
    if (in.read() < 0) {
      throw new EOFException("the link closed the connection while it was measured");
    }
    return System.nanoTime() - start;
  }

  /** Sends bytes; answers how long the second half of them took to arrive, in ns. */
  long send(long bytes) throws IOException {
    out.write(ProofServer.TAKE);
    out.writeLong(bytes);
    Streams.send(out, bytes);
    return in.readLong();
  }

  /** Asks for bytes; answers how long the second half of them took to arrive, in ns. */
  long take(long bytes) throws IOException {
    out.write(ProofServer.SEND);
    out.writeLong(bytes);
    return Streams.take(in, bytes);
  }

  /** Counts how many of some datagrams do not reach the server. */
  LossCount lossOutbound(int count, long gapNanos, int bytes, Duration rtt) throws IOException {
    try (DatagramSocket datagrams = network.<DatagramSocket>atClient(DatagramSocket::new)) {
      askCount();
      Datagrams.send(datagrams, address, count, gapNanos, bytes);
      pause(2 * rtt.toMillis() + STRAGGLE_MILLIS);
      return new LossCount(count, count - Math.min(count, askCount()));
    }
  }

  private long askCount() throws IOException {
    out.write(ProofServer.COUNT);
    return in.readLong();
  }

  /** Counts how many of some datagrams of the server do not reach this side. */
  LossCount lossInbound(int count, long gapNanos, int bytes, Duration rtt) throws IOException {
    try (DatagramSocket datagrams = network.<DatagramSocket>atClient(DatagramSocket::new)) {
      datagrams.setReceiveBufferSize(UDP_BUFFER_BYTES);
      introduce(datagrams, rtt);
      out.write(ProofServer.DATAGRAMS);
      out.writeInt(count);
      out.writeLong(gapNanos);
      out.writeInt(bytes);
      datagrams.setSoTimeout((int) (2 * rtt.toMillis() + STRAGGLE_MILLIS + gapNanos / 1_000_000));
      return new LossCount(count, count - Math.min(count, receive(datagrams, count)));
    }
  }

  /** The server sends to whom it has heard of; what tells it may be lost itself. */
  private void introduce(DatagramSocket datagrams, Duration rtt) throws IOException {
    askCount();
    long known = 0;
    for (int i = 0; known == 0; i++) {
      if (i == 100) {
        throw new IOException("no datagram reaches the server over this link");
      }
      Datagrams.send(datagrams, address, 1, 0, Integer.BYTES);
      pause(rtt.toMillis() + 5);
      known = askCount();
    }
  }

  private static long receive(DatagramSocket datagrams, int count) throws IOException {
    Datagrams.Numbers numbers = new Datagrams.Numbers();
    DatagramPacket packet =
        new DatagramPacket(new byte[ProofServer.CHUNK_BYTES], ProofServer.CHUNK_BYTES);
    long received = 0;
    try {
      while (received < count) {
        datagrams.receive(packet);
        received += numbers.isNew(ByteBuffer.wrap(packet.getData()).getInt()) ? 1 : 0;
      }
    } catch (SocketTimeoutException e) {
      // What has not come by now is lost.
    }
    return received;
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a link was measured", e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
