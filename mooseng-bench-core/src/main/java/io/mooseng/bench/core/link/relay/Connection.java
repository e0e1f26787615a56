package io.mooseng.bench.core.link.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * A client's connection and the one dialled for it to the upstream, with the two pipes between.
 *
 * <p>The upstream is dialled when the last packet of a handshake over the link would reach it: one
 * round trip and one outbound delay after the client was accepted. So a first byte sent at once is
 * held one round trip longer than later ones, and what a server says first comes two round trips
 * after the client dialled, as over a real link. Only the connect of the client itself, which the
 * kernel completes, is early.
 *
 * <p>Confined to the thread of its relay.
 */
final class Connection {

  private final RelayLoop loop;
  private final InetSocketAddress upstream;
  private final Endpoint client;
  private final Pipe outbound;
  private final Pipe inbound;
  private Endpoint server;
  private boolean over;
  private boolean dialHeld;

  Connection(RelayLoop loop, SocketChannel accepted, InetSocketAddress upstream)
      throws IOException {
    this.loop = loop;
    this.upstream = upstream;
    long handshakeEnd = loop.nowNanos() + loop.handshakeNanos();
    this.client = new Endpoint(accepted, loop.selector(), this);
    this.outbound = new Pipe(loop, loop.outbound(), handshakeEnd, this::outboundDue);
    this.inbound = new Pipe(loop, loop.inbound(), 0, this::inboundDue);
    inbound.sink(client);
    outbound.source(client);
    loop.agenda().add(handshakeEnd, (due, now) -> dial());
  }

  private void dial() {
    if (over) {
      return;
    }
    dialHeld = loop.outbound().gate().shut();
    if (dialHeld) {
      return;
    }
    SocketChannel channel = null;
    try {
      channel = SocketChannel.open();
      server = new Endpoint(channel, loop.selector(), this);
      outbound.sink(server);
      if (channel.connect(upstream)) {
        connected();
      } else {
        server.interest(SelectionKey.OP_CONNECT, true);
      }
    } catch (IOException e) {
      if (server == null) {
        closeQuietly(channel);
        outbound.abandon();
        inbound.resetArrived();
      } else {
        brokenAtServer();
      }
    }
  }

  /** A gate was opened or shut. */
  void lookAgain() {
    if (dialHeld) {
      dial();
    }
    long now = loop.nowNanos();
    outboundDue(now);
    if (!over) {
      inboundDue(now);
    }
  }

  private static void closeQuietly(SocketChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // It never carried anything.
      }
    }
  }

  private void connected() throws IOException {
    server.interest(SelectionKey.OP_CONNECT, false);
    inbound.source(server);
    outbound.release(loop.nowNanos());
  }

  /** Reacts to what the selector saw. */
  void ready(SelectionKey key) {
    if (client.owns(key)) {
      if (key.isValid() && key.isReadable()) {
        receive(outbound, true);
      }
      if (key.isValid() && key.isWritable()) {
        releaseInbound(loop.nowNanos());
      }
    } else {
      if (key.isValid() && key.isConnectable()) {
        finishConnect();
      }
      if (key.isValid() && key.isReadable()) {
        receive(inbound, false);
      }
      if (key.isValid() && key.isWritable()) {
        releaseOutbound(loop.nowNanos());
      }
    }
  }

  private void finishConnect() {
    try {
      if (server.channel().finishConnect()) {
        connected();
      }
    } catch (IOException e) {
      brokenAtServer();
    }
  }

  private void receive(Pipe pipe, boolean fromClient) {
    try {
      pipe.receive();
    } catch (IOException e) {
      if (fromClient) {
        brokenAtClient();
      } else {
        brokenAtServer();
      }
    }
  }

  private void outboundDue(long dueNanos, long nowNanos) {
    if (outbound.awaits(dueNanos) && !over) {
      outboundDue(nowNanos);
    }
  }

  private void outboundDue(long nowNanos) {
    if (outbound.resetIsDue(nowNanos)) {
      end(true);
    } else {
      releaseOutbound(nowNanos);
    }
  }

  private void inboundDue(long dueNanos, long nowNanos) {
    if (inbound.awaits(dueNanos) && !over) {
      inboundDue(nowNanos);
    }
  }

  private void inboundDue(long nowNanos) {
    if (inbound.resetIsDue(nowNanos)) {
      end(true);
    } else {
      releaseInbound(nowNanos);
    }
  }

  private void releaseOutbound(long nowNanos) {
    try {
      outbound.release(nowNanos);
      endIfBothFinished();
    } catch (IOException e) {
      brokenAtServer();
    }
  }

  private void releaseInbound(long nowNanos) {
    try {
      inbound.release(nowNanos);
      endIfBothFinished();
    } catch (IOException e) {
      brokenAtClient();
    }
  }

  private void brokenAtClient() {
    client.close();
    inbound.abandon();
    outbound.resetArrived();
  }

  private void brokenAtServer() {
    server.close();
    outbound.abandon();
    inbound.resetArrived();
  }

  private void endIfBothFinished() {
    if (outbound.finished() && inbound.finished()) {
      end(false);
    }
  }

  /** Ends the connection at both sides and gives all memory back. */
  void end(boolean byReset) {
    over = true;
    if (byReset) {
      client.reset();
    } else {
      client.close();
    }
    if (server != null) {
      if (byReset) {
        server.reset();
      } else {
        server.close();
      }
    }
    outbound.abandon();
    inbound.abandon();
    loop.ended(this);
  }
}
