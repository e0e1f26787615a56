package io.mooseng.bench.core.wire;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** A frame as the transport takes it: fields before the data, the data, fields after it. */
final class EncodedFrame extends InputStream implements Drainable, KnownLength {

  /** The transport takes arrays only; data outside of the heap goes through one of this size. */
  private static final int COPY_BYTES = 16 * 1024;

  private final byte[] head;
  private final DataFrame frame;
  private final byte[] tail;
  private InputStream materialised;
  private boolean drained;

  EncodedFrame(byte[] head, DataFrame frame, byte[] tail) {
    this.head = head;
    this.frame = frame;
    this.tail = tail;
  }

  @Override
  public int drainTo(OutputStream target) throws IOException {
    if (materialised != null) {
      return (int) materialised.transferTo(target);
    }
    int length = available();
    target.write(head);
    try {
      frame.forEachBuffer(buffer -> copy(buffer, target));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    target.write(tail);
    drained = true;
    return length;
  }

  private static void copy(ByteBuffer buffer, OutputStream target) {
    try {
      if (buffer.hasArray()) {
        target.write(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
        return;
      }
      byte[] copy = new byte[Math.min(COPY_BYTES, buffer.remaining())];
      while (buffer.hasRemaining()) {
        int length = Math.min(copy.length, buffer.remaining());
        buffer.get(copy, 0, length);
        target.write(copy, 0, length);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int available() throws IOException {
    if (materialised != null) {
      return materialised.available();
    }
    return drained ? 0 : head.length + frame.length() + tail.length;
  }

  @Override
  public int read() throws IOException {
    return stream().read();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return stream().read(target, offset, length);
  }

  /** For transports that read instead of draining (in-process, compression). */
  private InputStream stream() throws IOException {
    if (materialised == null) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(available());
      if (!drained) {
        drainTo(bytes);
      }
      materialised = new ByteArrayInputStream(bytes.toByteArray());
    }
    return materialised;
  }
}
