package io.mooseng.bench.core.link.proof;

import io.mooseng.bench.core.link.EmulatedNetwork;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;

/**
 * The far end of a measured link: echoes bytes, sends and counts streams, and counts and sends
 * datagrams. TCP and UDP have the same port number.
 *
 * <p>Its sockets are at the far end of a network, its threads where the program is: one for each
 * connection.
 */
final class ProofServer implements AutoCloseable {

  /** One byte for one byte. */
  static final byte ECHO = 'E';

  /** Sends as many bytes as the long that follows says. */
  static final byte SEND = 'S';

  /** Takes as many bytes as the long that follows says, then answers how long they took, in ns. */
  static final byte TAKE = 'T';

  /** Answers how many different datagrams have come since it was last asked. */
  static final byte COUNT = 'C';

  /** Sends datagrams to whom the latest came from: how many, the gap in ns, their length. */
  static final byte DATAGRAMS = 'D';

  static final int CHUNK_BYTES = 64 << 10;

  private static final int BACKLOG = 64;
  private static final int PORT_TRIES = 20;
  private static final int UDP_BUFFER_BYTES = 4 << 20;

  private final ServerSocket listener;
  private final DatagramSocket datagrams;
  private final Object lock = new Object();
  private long counted;
  private Datagrams.Numbers numbers = new Datagrams.Numbers();
  private InetSocketAddress latest;

  private ProofServer(ServerSocket listener, DatagramSocket datagrams) {
    this.listener = listener;
    this.datagrams = datagrams;
  }

  /**
   * Listens at the far end of a network, at a port the system chooses.
   *
   * @throws IOException if it cannot
   */
  static ProofServer open(EmulatedNetwork network) throws IOException {
    // Threads begin here and not there: they would stay at the far end.
    ProofServer server = network.atServer(() -> bound(network.serverHost()));
    start("link-proof-accept", server::acceptAll);
    start("link-proof-datagrams", server::countAll);
    return server;
  }

  private static ProofServer bound(InetAddress host) throws IOException {
    IOException failure = null;
    for (int i = 0; i < PORT_TRIES; i++) {
      ServerSocket listener = new ServerSocket(0, BACKLOG, host);
      try {
        DatagramSocket datagrams =
            new DatagramSocket(new InetSocketAddress(host, listener.getLocalPort()));
        datagrams.setReceiveBufferSize(UDP_BUFFER_BYTES);
        return new ProofServer(listener, datagrams);
      } catch (IOException e) {
        // The number is free for TCP and taken for UDP.
        listener.close();
        failure = e;
      }
    }
    throw failure;
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Where it listens. */
  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        start("link-proof-connection", () -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      for (int command = in.read(); command >= 0; command = in.read()) {
        answer((byte) command, in, out);
      }
    } catch (IOException e) {
      // The measuring side is gone, or reports itself what went wrong.
    }
  }

  private void answer(byte command, DataInputStream in, DataOutputStream out) throws IOException {
    switch (command) {
      case ECHO -> out.write(ECHO);
      case SEND -> Streams.send(out, in.readLong());
      case TAKE -> out.writeLong(Streams.take(in, in.readLong()));
      case COUNT -> out.writeLong(takeCount());
      case DATAGRAMS -> sendDatagrams(in.readInt(), in.readLong(), in.readInt());
      default -> throw new IOException("unknown command " + command);
    }
  }

  private long takeCount() {
    synchronized (lock) {
      long count = counted;
      counted = 0;
      numbers = new Datagrams.Numbers();
      return count;
    }
  }

  private void sendDatagrams(int count, long gapNanos, int bytes) throws IOException {
    InetSocketAddress to;
    synchronized (lock) {
      to = latest;
    }
    if (to != null) {
      Datagrams.send(datagrams, to, count, gapNanos, bytes);
    }
  }

  private void countAll() {
    DatagramPacket packet = new DatagramPacket(new byte[CHUNK_BYTES], CHUNK_BYTES);
    while (!datagrams.isClosed()) {
      try {
        datagrams.receive(packet);
        int number = ByteBuffer.wrap(packet.getData()).getInt();
        synchronized (lock) {
          latest = (InetSocketAddress) packet.getSocketAddress();
          counted += numbers.isNew(number) ? 1 : 0;
        }
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    datagrams.close();
  }
}
