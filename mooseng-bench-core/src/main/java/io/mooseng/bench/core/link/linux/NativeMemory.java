package io.mooseng.bench.core.link.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory that system calls can be given the address of.
 *
 * <p>Not zeroed, and so not resident before it is used: a large one costs nothing while it idles.
 * The owner alone closes it, when no thread uses it any more.
 */
public final class NativeMemory implements AutoCloseable {

  private final long address;
  private final int size;
  private final ByteBuffer bytes;
  private boolean closed;

  /**
   * @param size in bytes, positive
   */
  public NativeMemory(int size) {
    this.address = Native.malloc(size);
    if (address == 0) {
      throw new OutOfMemoryError("no " + size + " bytes of native memory");
    }
    this.size = size;
    this.bytes = new Pointer(address).getByteBuffer(0, size).order(ByteOrder.nativeOrder());
  }

  public long address() {
    return address;
  }

  public int size() {
    return size;
  }

  /** A view of all of it, in the byte order of this machine; every caller gets the same. */
  public ByteBuffer bytes() {
    return bytes;
  }

  public NativeMemory zeroed() {
    for (int i = 0; i < size; i++) {
      bytes.put(i, (byte) 0);
    }
    return this;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Native.free(address);
    }
  }
}
