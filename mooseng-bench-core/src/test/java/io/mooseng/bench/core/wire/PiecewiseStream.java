package io.mooseng.bench.core.wire;

import io.grpc.Detachable;
import io.grpc.HasByteBuffer;
import io.grpc.KnownLength;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A message as a transport lends it: cut into direct and heap buffers at random places. */
final class PiecewiseStream extends InputStream implements HasByteBuffer, Detachable, KnownLength {

  private final List<ByteBuffer> pieces;
  private boolean marked;
  private boolean closed;
  private PiecewiseStream detached;

  private PiecewiseStream(List<ByteBuffer> pieces) {
    this.pieces = pieces;
  }

  static PiecewiseStream of(byte[] message, RandomGenerator random) {
    List<ByteBuffer> pieces = new ArrayList<>();
    for (int at = 0; at < message.length; ) {
      int length = 1 + random.nextInt(message.length - at);
      ByteBuffer piece =
          random.nextBoolean() ? ByteBuffer.allocate(length) : ByteBuffer.allocateDirect(length);
      pieces.add(piece.put(message, at, length).flip());
      at += length;
    }
    return new PiecewiseStream(pieces);
  }

  /** Whether the detached stream was closed, which is when a transport reuses its buffers. */
  boolean givenBack() {
    return detached != null && detached.closed;
  }

  @Override
  public boolean byteBufferSupported() {
    return true;
  }

  @Override
  public ByteBuffer getByteBuffer() {
    return pieces.get(0).duplicate();
  }

  @Override
  public InputStream detach() {
    detached = new PiecewiseStream(new ArrayList<>(pieces));
    pieces.clear();
    return detached;
  }

  @Override
  public boolean markSupported() {
    return true;
  }

  @Override
  public synchronized void mark(int limit) {
    marked = true;
  }

  @Override
  public long skip(long count) {
    ByteBuffer piece = pieces.get(0);
    int skipped = (int) Math.min(count, piece.remaining());
    ByteBuffer consumed = piece.duplicate();
    piece.position(piece.position() + skipped);
    if (!piece.hasRemaining()) {
      pieces.remove(0);
    }
    if (!marked) {
      scramble(consumed.limit(consumed.position() + skipped));
    }
    return skipped;
  }

  /** What happens to a buffer that a transport took back. */
  private static void scramble(ByteBuffer buffer) {
    while (buffer.hasRemaining()) {
      buffer.put((byte) 0x55);
    }
  }

  @Override
  public int available() {
    return pieces.stream().mapToInt(ByteBuffer::remaining).sum();
  }

  @Override
  public int read() {
    throw new AssertionError("a message that can be lent is not to be copied");
  }

  @Override
  public void close() {
    closed = true;
  }
}
