package io.mooseng.bench.network;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.grpc.RpcAccess;
import io.mooseng.bench.proto.ProbeFrame;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;

/**
 * Takes the frames of a stream as they come, one requested at a time, so that a reader who falls
 * behind holds no more than the flow-control window. Each frame must have the number that follows
 * and the CRC32C of the expected data; computing that is part of the stream's time.
 *
 * <p>gRPC calls it in the serial order of the call; one other thread waits.
 */
class FrameReceiver extends ClientCall.Listener<ProbeFrame> {

  private final RpcAccess rpcs;
  private final String rpc;
  private final ProbeData data;
  private final CRC32C crc = new CRC32C();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition progress = lock.newCondition();

  private ClientCall<?, ProbeFrame> call;
  private long frames;
  private long awaited = Long.MAX_VALUE;
  private String difference;
  private Status end;

  /**
   * @param rpc the call's bare name
   * @param data of every frame
   */
  FrameReceiver(RpcAccess rpcs, String rpc, ProbeData data) {
    this.rpcs = rpcs;
    this.rpc = rpc;
    this.data = data;
  }

  /** Starts a call whose frames this takes. */
  void start(ClientCall<?, ProbeFrame> started, Metadata headers) {
    call = started;
    started.start(this, headers);
    started.request(1);
  }

  @Override
  public void onMessage(ProbeFrame frame) {
    crc.reset();
    frame.getData().asReadOnlyByteBufferList().forEach(crc::update);
    boolean same = frame.getData().size() == data.size() && (int) crc.getValue() == data.crc32c();
    lock.lock();
    try {
      if (difference == null && !(same && frame.getNumber() == frames)) {
        difference =
            same
                ? "frame %d arrived as number %d".formatted(frame.getNumber(), frames)
                : "frame %d holds other bytes than were sent".formatted(frames);
      }
      frames++;
      if (frames >= awaited) {
        progress.signalAll();
      }
    } finally {
      lock.unlock();
    }
    call.request(1);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    lock.lock();
    try {
      end = status;
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until so many frames have come since the stream began.
   *
   * @throws OperationException TIMEOUT after {@code nanos}; CORRUPT if a frame was not what it
   *     should be; of the kind of its status if the stream ended before
   */
  void awaitFrames(long number, long nanos) throws OperationException {
    lock.lock();
    try {
      awaited = number;
      await(() -> frames >= number || end != null, nanos);
      requireRight();
      if (frames < number) {
        throw rpcs.failure(
            rpc, end.isOk() ? Status.INTERNAL.withDescription("ended too early") : end);
      }
    } finally {
      awaited = Long.MAX_VALUE;
      lock.unlock();
    }
  }

  /**
   * Waits for the end of the stream, after so many frames.
   *
   * @throws OperationException as {@link #awaitFrames}
   */
  void awaitEnd(long number, long nanos) throws OperationException {
    lock.lock();
    try {
      await(() -> end != null, nanos);
      if (!end.isOk()) {
        throw rpcs.failure(rpc, end);
      }
      requireRight();
      if (frames != number) {
        throw OperationException.light(
            FailureKind.CORRUPT, rpc + ": " + frames + " frames arrived of " + number);
      }
    } finally {
      lock.unlock();
    }
  }

  private void requireRight() throws OperationException {
    if (difference != null) {
      throw OperationException.light(FailureKind.CORRUPT, rpc + ": " + difference);
    }
  }

  /** What is waited for; read with the lock held. */
  @FunctionalInterface
  private interface Event {
    boolean hasHappened();
  }

  private void await(Event event, long nanos) throws OperationException {
    long left = nanos;
    try {
      while (!event.hasHappened()) {
        if (left <= 0) {
          throw OperationException.light(
              FailureKind.TIMEOUT,
              "%s: no progress within %d ms".formatted(rpc, TimeUnit.NANOSECONDS.toMillis(nanos)));
        }
        left = progress.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw OperationException.light(FailureKind.INTERNAL, rpc + ": interrupted");
    }
  }

  /** Whether the stream has ended. */
  boolean ended() {
    lock.lock();
    try {
      return end != null;
    } finally {
      lock.unlock();
    }
  }
}
