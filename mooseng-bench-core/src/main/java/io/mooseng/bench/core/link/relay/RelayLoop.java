package io.mooseng.bench.core.link.relay;

import io.mooseng.bench.core.link.LinkFault;
import io.mooseng.bench.core.link.WakeUpLatency;
import io.mooseng.bench.core.link.impair.Impairment;
import io.mooseng.bench.core.link.linux.LinuxCalls;
import io.mooseng.bench.core.link.linux.NativeAccess;
import io.mooseng.bench.core.link.profile.LinkProfile;
import io.mooseng.bench.core.link.profile.OneWay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The one thread of a relay: waits for sockets and for the next departure, whichever is first.
 *
 * <p>A selector waits in whole milliseconds. The last one before a departure is passed by parking
 * in short naps, looking at the sockets in between, and the last microseconds by spinning. With
 * nothing due within a millisecond the thread is blocked in the selector.
 */
final class RelayLoop implements Runnable {

  /**
   * A direction of the link, shared by all its connections.
   *
   * @param schedule when bytes depart
   * @param allowanceBytes what one connection may have under way
   * @param gate whether it lets anything through
   */
  record Way(DepartureSchedule schedule, long allowanceBytes, Gate gate) {}

  private static final long NANOS_PER_MILLI = 1_000_000;

  /** A selector may wake this much later than asked: timer slack and a wake-up. */
  private static final long SELECT_SLACK_NANOS = 150_000;

  /** What is spun rather than parked: a park comes back some 55 to 80 µs late. */
  private static final long SPIN_NANOS = 60_000;

  /** The longest nap, and with the lateness of a park the worst error of an arrival's stamp. */
  private static final long NAP_NANOS = 100_000;

  /** Room for bursts of connections; the kernel lowers it to net.core.somaxconn. */
  private static final int BACKLOG = 4096;

  /**
   * A port of the link.
   *
   * @param listener accepts clients
   * @param upstream is dialled for them
   */
  private record Port(ServerSocketChannel listener, InetSocketAddress upstream) {}

  private final Selector selector;
  private final RelayLimits limits;
  private final SegmentPool pool;
  private final Way outbound;
  private final Way inbound;
  private final long handshakeNanos;

  private final Agenda agenda = new Agenda();
  private final WakeUpLatency latency = new WakeUpLatency();

  /** Without them the lateness of a sleep is the slack of its timer, which arrivals do not have. */
  private final boolean exactTimers = NativeAccess.obstacle().isEmpty();

  private long asleepNanos;
  private final Set<Connection> connections = new HashSet<>();
  private final Set<Pipe> awaitingMemory = new LinkedHashSet<>();
  private final long origin = System.nanoTime();
  private volatile boolean disturbed;
  private volatile boolean closed;
  private volatile IOException failure;
  private volatile long turns;

  RelayLoop(LinkProfile profile, RelayLimits limits, long seed, Selector selector) {
    this.selector = selector;
    this.limits = limits;
    this.pool = new SegmentPool(limits);
    this.outbound = way(profile.outbound(), Impairment.seedOf(seed, 0, true));
    this.inbound = way(profile.inbound(), Impairment.seedOf(seed, 0, false));
    this.handshakeNanos = profile.rtt().plus(profile.outbound().delay()).toNanos();
  }

  private Way way(OneWay way, long seed) {
    return new Way(new DepartureSchedule(way, seed), limits.allowanceBytes(way), new Gate());
  }

  /** Breaks or mends the link, from any thread. */
  void disturb(LinkFault toServer, LinkFault toClient) {
    outbound.gate().set(toServer);
    inbound.gate().set(toClient);
    disturbed = true;
    selector.wakeup();
  }

  /** Listens on one more port, from any thread. */
  InetSocketAddress listen(InetSocketAddress upstream) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
      listener.configureBlocking(false);
      listener.register(selector, SelectionKey.OP_ACCEPT, new Port(listener, upstream));
      // A selector that waits already does not see what was registered since.
      selector.wakeup();
      return (InetSocketAddress) listener.getLocalAddress();
    } catch (IOException e) {
      listener.close();
      throw e;
    } catch (ClosedSelectorException e) {
      listener.close();
      throw new IOException("the relay has ended", e);
    }
  }

  @Override
  public void run() {
    try {
      if (exactTimers) {
        LinuxCalls.exactTimers();
      }
      while (!closed) {
        turns = turns + 1;
        agenda.runDue(nowNanos());
        lookAgain();
        wakeThoseAwaitingMemory();
        await();
      }
    } catch (IOException e) {
      failure = e;
    } finally {
      closeAll();
    }
  }

  /** What a gate has held is due as soon as it opens. */
  private void lookAgain() {
    if (disturbed) {
      disturbed = false;
      List.copyOf(connections).forEach(Connection::lookAgain);
    }
  }

  private void await() throws IOException {
    long due = agenda.nextDueNanos();
    asleepNanos = nowNanos();
    if (due == DelayLine.NEVER) {
      selector.select(this::ready);
      return;
    }
    long millis = (due - asleepNanos - SELECT_SLACK_NANOS) / NANOS_PER_MILLI;
    if (millis > 0) {
      if (selector.select(this::ready, millis) == 0 && exactTimers) {
        latency.slept(asleepNanos + millis * NANOS_PER_MILLI, nowNanos());
      }
    } else if (selector.selectNow(this::ready) == 0) {
      pauseUntil(due);
    }
  }

  /**
   * When what is read now arrived: the thread may have slept and been woken by it. Asked for after
   * the bytes were read, so that none is stamped long before it was sent.
   */
  long arrivalNanos() {
    return latency.arrivalNanos(asleepNanos, nowNanos());
  }

  private void pauseUntil(long dueNanos) {
    long nap = Math.min(NAP_NANOS, dueNanos - nowNanos() - SPIN_NANOS);
    if (nap > 0) {
      LockSupport.parkNanos(this, nap);
      return;
    }
    while (nowNanos() < dueNanos) {
      Thread.onSpinWait();
    }
  }

  private void ready(SelectionKey key) {
    if (key.attachment() instanceof Connection connection) {
      connection.ready(key);
    } else if (key.attachment() instanceof Port port) {
      acceptAll(port);
    }
  }

  private void acceptAll(Port port) {
    try {
      for (SocketChannel accepted = port.listener().accept();
          accepted != null;
          accepted = port.listener().accept()) {
        add(accepted, port.upstream());
      }
    } catch (IOException e) {
      // Out of descriptors or the like: going on would spin, and dropping clients would mislead.
      failure = new IOException("the relay cannot accept connections: " + e.getMessage(), e);
      closed = true;
    }
  }

  private void add(SocketChannel accepted, InetSocketAddress upstream) throws IOException {
    try {
      connections.add(new Connection(this, accepted, upstream));
    } catch (IOException e) {
      // The client is gone already.
      accepted.close();
    }
  }

  private void wakeThoseAwaitingMemory() {
    if (awaitingMemory.isEmpty() || !pool.hasRoom()) {
      return;
    }
    List<Pipe> pipes = List.copyOf(awaitingMemory);
    awaitingMemory.clear();
    pipes.forEach(Pipe::updateReading);
  }

  private void closeAll() {
    closed = true;
    List.copyOf(connections).forEach(connection -> connection.end(false));
    try (selector) {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
  }

  /** Asks the loop to end, from any thread. */
  void stop() {
    closed = true;
    selector.wakeup();
  }

  /** Why the loop ended by itself; null if it did not. */
  IOException failure() {
    return failure;
  }

  /** How often the loop has gone round; any thread may ask. */
  long turns() {
    return turns;
  }

  SegmentPool pool() {
    return pool;
  }

  /** Monotonic nanoseconds since the loop was made. */
  long nowNanos() {
    return System.nanoTime() - origin;
  }

  Agenda agenda() {
    return agenda;
  }

  Selector selector() {
    return selector;
  }

  Way outbound() {
    return outbound;
  }

  Way inbound() {
    return inbound;
  }

  /** From a client's dialling to the arrival of the last packet of its handshake. */
  long handshakeNanos() {
    return handshakeNanos;
  }

  DelayLine newDelayLine() {
    return new DelayLine(pool, limits.segmentBytes());
  }

  /** {@code pipe} wants to read on as soon as there is memory. */
  void awaitMemory(Pipe pipe) {
    awaitingMemory.add(pipe);
  }

  void ended(Connection connection) {
    connections.remove(connection);
  }
}
