package io.mooseng.bench.core.simulation;

import java.util.function.LongConsumer;

/**
 * The modelled system at work: each method starts something now and runs {@code then} when it has
 * ended in virtual time. What is under way at the same time shares the server's cores and the link.
 *
 * <p>One seed and one sequence of calls give the same instants on every machine. Used by one
 * thread.
 */
public final class ModelledSystem {

  /** Data travels in pieces of this many bytes, so that transfers share the link. */
  public static final int FRAME_BYTES = 1 << 20;

  private static final double NANOS_PER_SECOND = 1e9;

  private final EventQueue events;
  private final SimulationModel model;
  private final LogNormalNoise noise;
  private final Station cores;
  private final Station link;

  public ModelledSystem(SimulationModel model, long seed, EventQueue events) {
    this.events = events;
    this.model = model;
    this.noise = new LogNormalNoise(seed, model.noiseSigma());
    this.cores = new Station(events, model.serverCores());
    this.link = new Station(events, 1);
  }

  /** A unary call: half an RTT, the server's CPU, half an RTT. */
  public void call(Runnable then) {
    callWith(0, then);
  }

  /** Asks for data and waits until it begins to arrive: a call that reads from storage. */
  public void request(Runnable then) {
    callWith(noise.applyTo(model.storageRead().toNanos()), then);
  }

  private void callWith(long storageNanos, Runnable then) {
    long there = model.rtt().toNanos() / 2;
    long back = model.rtt().toNanos() - there;
    long cpu = noise.applyTo(model.rpcCpu().toNanos());
    events.schedule(
        there, () -> cores.serve(cpu, () -> events.schedule(storageNanos + back, then)));
  }

  /** What follows the last byte of a write: storage, the report to the master, half an RTT. */
  public void acknowledge(Runnable then) {
    long storage = noise.applyTo(model.storageWrite().toNanos());
    long report = noise.applyTo(model.rpcCpu().toNanos());
    long back = model.rtt().toNanos() / 2;
    events.schedule(storage, () -> cores.serve(report, () -> events.schedule(back, then)));
  }

  /** The first half of a streaming call: half an RTT and the server's CPU. */
  public void open(Runnable then) {
    long cpu = noise.applyTo(model.rpcCpu().toNanos());
    events.schedule(
        model.rtt().toNanos() - model.rtt().toNanos() / 2, () -> cores.serve(cpu, then));
  }

  /**
   * Sends {@code bytes} in frames over the link. After a frame, the stream waits until its window
   * allows the next: on average, one window per RTT.
   *
   * @param arrived takes the offset of each frame as it arrives
   */
  public void transfer(long bytes, LongConsumer arrived, Runnable then) {
    if (bytes == 0) {
      then.run();
    } else {
      sendFrame(0, bytes, arrived, then);
    }
  }

  private void sendFrame(long offset, long bytes, LongConsumer arrived, Runnable then) {
    long length = Math.min(FRAME_BYTES, bytes - offset);
    long next = offset + length;
    long allowedAt = events.clock().nanoTime() + windowNanos(length);
    link.serve(
        nanos(length, model.linkBytesPerSecond()),
        () -> {
          arrived.accept(offset);
          if (next == bytes) {
            then.run();
          } else {
            events.schedule(
                Math.max(0, allowedAt - events.clock().nanoTime()),
                () -> sendFrame(next, bytes, arrived, then));
          }
        });
  }

  private long windowNanos(long length) {
    return (long) ((double) model.rtt().toNanos() * length / model.streamWindowBytes());
  }

  private static long nanos(long bytes, long bytesPerSecond) {
    return (long) Math.ceil(bytes * NANOS_PER_SECOND / bytesPerSecond);
  }

  /** The TCP handshake: one RTT, plus what accepting costs the server. */
  public void connectTcp(Runnable then) {
    long accept = noise.applyTo(model.connectCpu().toNanos());
    events.schedule(model.rtt().toNanos(), () -> cores.serve(accept, then));
  }

  /**
   * The wait for the server's HTTP/2 SETTINGS, one RTT after the handshake: grpc-java reports a
   * transport as ready, and so sends the first call, only after it has received them (grpc-java
   * issue 829, fixed by pull request 852).
   */
  public void settings(Runnable then) {
    events.schedule(model.rtt().toNanos(), then);
  }
}
