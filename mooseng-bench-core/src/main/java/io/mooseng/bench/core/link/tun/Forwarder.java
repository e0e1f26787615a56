package io.mooseng.bench.core.link.tun;

import io.mooseng.bench.core.link.ThreadEnd;
import io.mooseng.bench.core.link.WakeUpLatency;
import io.mooseng.bench.core.link.linux.LinuxCalls;
import io.mooseng.bench.core.link.linux.LinuxException;
import io.mooseng.bench.core.link.linux.Readiness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one thread that carries packets between the devices of a network.
 *
 * <p>It sleeps in the kernel until a packet comes or shortly before the next one is due, whichever
 * is first. After a long sleep it looks for packets without sleeping until the due time, as waking
 * takes longer than most packets may be late; while nothing is due so soon it never spins. A node
 * whose arena is full is not read from: then the queue of its device fills up, as that of a network
 * card does.
 */
final class Forwarder implements AutoCloseable {

  /** Read from one device at a time, before others have their turn and due packets leave. */
  private static final int PACKETS_PER_TURN = 32;

  /** Shorter waits are no rest: packets follow each other, and to wake late for one is no harm. */
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final List<Port> ports;
  private final List<Route> routes;
  private final WakeUpLatency latency = new WakeUpLatency();
  private boolean rested;
  private final Readiness readiness;
  private final Thread thread = new Thread(this::run, "tun-forwarder");
  private final AtomicLong turns = new AtomicLong();
  private final AtomicLong strays = new AtomicLong();
  private volatile boolean closed;
  private volatile IOException failure;

  /**
   * Carries packets from now on, and owns what it is given: both are closed with it.
   *
   * @param ports one per node
   * @param routes between them
   */
  Forwarder(List<Port> ports, List<Route> routes) throws IOException {
    this.ports = List.copyOf(ports);
    this.routes = List.copyOf(routes);
    this.readiness = new Readiness(ports.stream().mapToInt(port -> port.device().fd()).toArray());
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      LinuxCalls.exactTimers();
      LinuxCalls.runInRealTime();
      while (!closed) {
        turns.lazySet(turns.getPlain() + 1);
        long due = release();
        for (int i = 0; i < ports.size(); i++) {
          readiness.want(i, ports.get(i).arena().reserve() >= 0);
        }
        await(due);
      }
    } catch (IOException e) {
      failure = e;
    } catch (RuntimeException e) {
      failure = new IOException("the forwarder of packets failed: " + e, e);
    }
  }

  /** Lets go what is due and answers when the next packet is. */
  private long release() {
    long next = Flights.NEVER;
    for (int i = 0; i < routes.size(); i++) {
      Route route = routes.get(i);
      if (route.nextDue() != Flights.NEVER) {
        rested &= !route.release(System.nanoTime());
        next = Math.min(next, route.nextDue());
      }
    }
    return next;
  }

  private void await(long due) throws LinuxException {
    long now = System.nanoTime();
    long wait = due == Flights.NEVER ? Readiness.FOREVER : due - now;
    boolean rest = wait > REST_NANOS;
    if (rest && wait != Readiness.FOREVER) {
      wait -= latency.leadNanos();
    }
    if (readiness.await(rested && !rest ? 0 : wait)) {
      readAll(latency.arrivalNanos(now, System.nanoTime()));
    } else if (rest) {
      latency.slept(now + wait, System.nanoTime());
      rested = true;
    }
  }

  /**
   * @param arrival of what ended the sleep
   */
  private void readAll(long arrival) throws LinuxException {
    for (int i = 0; i < ports.size(); i++) {
      if (readiness.ready(i)) {
        read(ports.get(i), arrival);
      }
    }
  }

  private void read(Port port, long arrival) throws LinuxException {
    PacketArena arena = port.arena();
    for (int i = 0; i < PACKETS_PER_TURN; i++) {
      int offset = arena.reserve();
      if (offset < 0) {
        return;
      }
      int length = port.device().read(arena.address(offset), PacketArena.LARGEST);
      if (length == -LinuxCalls.EAGAIN) {
        return;
      }
      if (length < 0) {
        throw LinuxCalls.failure("read " + port.device().name(), length);
      }
      ByteBuffer memory = arena.bytes();
      Route route =
          Segments.isIpv4(memory, offset, length)
              ? port.route(Segments.destination(memory, offset))
              : null;
      if (route == null) {
        strays.lazySet(strays.getPlain() + 1);
      } else {
        // What came after the first packet may have come after the thread was woken.
        route.accept(offset, length, i == 0 ? arrival : System.nanoTime());
      }
    }
  }

  /** How often the thread has woken. */
  long turns() {
    return turns.get();
  }

  /** Packets that were for no node. */
  long strays() {
    return strays.get();
  }

  /**
   * Ends the thread and closes the devices.
   *
   * @throws IOException if the thread had ended by itself
   */
  @Override
  public void close() throws IOException {
    closed = true;
    readiness.wake();
    ThreadEnd.await(thread);
    ports.forEach(Port::close);
    routes.forEach(Route::close);
    readiness.close();
    if (failure != null) {
      throw failure;
    }
  }
}
