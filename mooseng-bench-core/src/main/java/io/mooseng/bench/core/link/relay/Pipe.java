package io.mooseng.bench.core.link.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

/**
 * One direction of a relayed connection: reads from its source, holds, writes to its sink.
 *
 * <p>Confined to the thread of its relay. {@link IOException}s out of {@link #receive} are the
 * source's, those out of {@link #release} the sink's.
 */
final class Pipe {

  private final RelayLoop loop;
  private final DepartureSchedule schedule;
  private final Gate gate;
  private final DelayLine line;
  private final long allowanceBytes;
  private final long notBeforeNanos;
  private final Agenda.Task wake;

  private Endpoint source;
  private Endpoint sink;
  private long resetAtNanos = DelayLine.NEVER;
  private long plannedNanos = DelayLine.NEVER;
  private long latestNanos;
  private boolean sourceEnded;
  private boolean sinkFull;
  private boolean finished;

  /**
   * A direction without sockets yet.
   *
   * @param notBeforeNanos nothing leaves earlier than this
   * @param onWake what to do when something is due
   */
  Pipe(RelayLoop loop, RelayLoop.Way way, long notBeforeNanos, Agenda.Task onWake) {
    this.loop = loop;
    this.schedule = way.schedule();
    this.gate = way.gate();
    this.allowanceBytes = way.allowanceBytes();
    this.line = loop.newDelayLine();
    this.notBeforeNanos = notBeforeNanos;
    this.wake = onWake;
  }

  void source(Endpoint end) {
    source = end;
    updateReading();
  }

  void sink(Endpoint end) {
    sink = end;
  }

  /** Takes in what the source has, up to one segment. */
  void receive() throws IOException {
    ByteBuffer space = line.space();
    int bytes = source.channel().read(space);
    long now = loop.arrivalNanos();
    if (bytes < 0) {
      sourceEnded = true;
      line.ended(departure(now, 0));
    }
    for (int rest = bytes; rest > 0; ) {
      int part = Math.min(rest, schedule.quantumBytes());
      line.arrived(part, departure(now, part));
      rest -= part;
    }
    if (sinkFull && !gate.shut()) {
      line.advance(now);
    }
    line.trim();
    updateReading();
    plan();
  }

  private long departure(long arrivalNanos, int bytes) {
    long due = schedule.departure(arrivalNanos, bytes) + gate.extraDelayNanos();
    latestNanos = Math.max(latestNanos, Math.max(notBeforeNanos, due));
    return latestNanos;
  }

  /** Delivers what is due, and the end of the stream after the last byte. */
  void release(long nowNanos) throws IOException {
    if (gate.shut()) {
      if (sinkFull) {
        sinkFull = false;
        sink.interest(SelectionKey.OP_WRITE, false);
      }
      plan();
      return;
    }
    line.advance(nowNanos);
    if (finished || sink == null || !sink.connected()) {
      return;
    }
    sinkFull = !line.drainTo(sink.channel());
    sink.interest(SelectionKey.OP_WRITE, sinkFull);
    if (line.exhausted()) {
      finished = true;
      sink.channel().shutdownOutput();
    }
    updateReading();
    plan();
  }

  /** Whether {@code dueNanos} is still the time this direction waits for. */
  boolean awaits(long dueNanos) {
    return plannedNanos == dueNanos;
  }

  /** The source was reset: the sink is to learn of it after the delay. */
  void resetArrived() {
    sourceEnded = true;
    resetAtNanos = departure(loop.nowNanos(), 0);
    plan();
  }

  boolean resetIsDue(long nowNanos) {
    return resetAtNanos <= nowNanos && !gate.shut();
  }

  /** Nothing can be delivered any more: forgets what is under way and reads no further. */
  void abandon() {
    finished = true;
    line.discard();
    updateReading();
  }

  boolean finished() {
    return finished;
  }

  /** Reads on, or stops, as memory and allowance permit. */
  void updateReading() {
    if (source == null) {
      return;
    }
    boolean wanted = !sourceEnded && !finished && line.heldBytes() < allowanceBytes;
    boolean room = line.hasRoom();
    if (wanted && !room) {
      loop.awaitMemory(this);
    }
    source.interest(SelectionKey.OP_READ, wanted && room && source.connected());
  }

  /** A full sink is waited for by the selector, a gate for its opening; all else for its time. */
  private void plan() {
    boolean waits = !finished && !sinkFull;
    long due = Math.min(resetAtNanos, waits ? line.nextDueNanos() : DelayLine.NEVER);
    long next = gate.shut() ? DelayLine.NEVER : due;
    if (next != plannedNanos) {
      plannedNanos = next;
      if (next != DelayLine.NEVER) {
        loop.agenda().add(next, wake);
      }
    }
  }
}
